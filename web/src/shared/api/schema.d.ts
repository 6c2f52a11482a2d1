// Made from docs/api/openapi.json by `npm run types`. Not to be edited.

export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description A person who is to log in. */
        AccountIn: {
            login: string;
            /** @description 10 characters or more */
            password: string;
            name: string;
            /** @enum {string} */
            role: "operator" | "dispatcher" | "depot" | "clerk" | "merchant";
            /** @default  */
            merchant_id?: string;
            /** @default  */
            site_id?: string;
        };
        /**
         * @description What an account says; its name goes on with the holder: ``custody:driver:veh_1``.
         * @enum {string}
         */
        AccountKind: "cod_due" | "claim" | "cod_void" | "custody" | "bank" | "payable" | "overpaid" | "shortage" | "surplus" | "receivable" | "revenue";
        /** @description Parcels scanned as they come in, and where they are put. */
        ArrivalsIn: {
            labels: string[];
            /** @default  */
            shelf?: string;
            /** @description when it happened, if not just now: not in the future, not older than 7 days */
            at?: string | null;
        };
        /** @description Labels stored, shipments that became ready with them, and what does not belong here. */
        ArrivalsOut: {
            stored: string[];
            ready: string[];
            findings: components["schemas"]["FindingWire"][];
        };
        /** @description When it happened, if not just now. */
        AtIn: {
            /** @description when it happened, if not just now: not in the future, not older than 7 days */
            at?: string | null;
        };
        /** @description What happened at a visit. ``parcel_ids``: for a part delivery, what was handed over. */
        AttemptIn: {
            shipment_id: string;
            outcome: components["schemas"]["Outcome"];
            reason?: string | null;
            parcel_ids?: string[];
            /**
             * @description `neighbour` needs the recipient's consent
             * @default
             */
            to_whom?: string;
            /**
             * @default {
             *       "kind": "none"
             *     }
             */
            proof?: components["schemas"]["ProofIn"];
            cash?: components["schemas"]["CashIn"] | null;
            /** @description when it happened, if not just now: not in the future, not older than 7 days */
            at?: string | null;
        };
        /** @description One change: who, when, what was asked for. */
        AuditOut: {
            id: string;
            /** Format: date-time */
            at: string;
            principal_id: string;
            role: string;
            name: string;
            action: string;
        };
        /** @description Cash that a depot paid into the bank. */
        BankingIn: {
            amount: components["schemas"]["MoneyWire"];
        };
        /** @description What was paid in, and what the depot still has. */
        BankingOut: {
            id: string;
            amount: components["schemas"]["MoneyWire"];
            left: components["schemas"]["MoneyWire"];
        };
        /** @description Several shipments at once; each is taken or refused by itself. */
        BatchIn: {
            shipments: components["schemas"]["ShipmentIn"][];
        };
        /** @description What became of every row, in the order they came. */
        BatchOut: {
            created: number;
            duplicates: number;
            rejected: number;
            dry_run: boolean;
            results: components["schemas"]["RowResult"][];
            /** @description about the file as a whole */
            findings?: components["schemas"]["FieldProblem"][];
        };
        Body_import_file_v1_shipments_import_post: {
            file: string;
        };
        /** @description All places between two parallels and two meridians. */
        BoxWire: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "box";
            south: number;
            west: number;
            north: number;
            east: number;
        };
        /** @description Why it is called off. */
        CancelIn: {
            reason: string;
        };
        /** @description A shipment was called off. */
        CancelledData: {
            shipment_id: string;
            reason: string;
        };
        /** @description A carrier to be entered. ``secret`` is ours with it, and the salt of its pushes' signatures. */
        CarrierIn: {
            /** @example yuantong */
            code: string;
            name: string;
            /**
             * @description where its API is; empty: it has none
             * @default
             */
            base_url?: string;
            /**
             * @default
             * @enum {string}
             */
            adapter?: "" | "pretend";
            /**
             * @default kuaidi100
             * @constant
             */
            push_dialect?: "kuaidi100";
            rate_card: components["schemas"]["RateCardWire-Input"];
            /** @default false */
            collects_cod?: boolean;
            /** @default 17:00 */
            cutoff?: string;
            /** @default Asia/Shanghai */
            time_zone?: string;
            secret: string;
            callback_secret?: string | null;
        };
        /** @description Money taken at the handover; it has to be exactly what is due. */
        CashIn: {
            amount: components["schemas"]["MoneyWire"];
            /** @default cash */
            means?: components["schemas"]["Means"];
        };
        /**
         * @description What an amount is due for.
         * @enum {string}
         */
        ChargeKind: "delivery" | "commission" | "return" | "cod" | "storage";
        /** @description What is wrong with the books, in minor units: 0, or somebody must look. */
        CheckOut: {
            imbalance_minor: number;
        };
        /** @description A dispatcher's override. */
        ChoiceIn: {
            mode: components["schemas"]["Mode"];
            /** @default  */
            site_id?: string;
            /** @default  */
            carrier?: string;
        };
        /** @description What was chosen and why; ``mode`` is empty where nothing was feasible. */
        ChoiceOut: {
            shipment_id: string;
            mode: string;
            site_id: string;
            carrier: string;
            price: components["schemas"]["MoneyWire"];
            promise: components["schemas"]["WindowWire"] | null;
            reasons: string[];
            offers: components["schemas"]["OfferWire"][];
            made_by: string;
            /** Format: date-time */
            made_at: string;
        };
        /** @description All places within so many metres of a centre. */
        CircleWire: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "circle";
            centre: components["schemas"]["PointWire"];
            radius_m: number;
        };
        /** @description What time it is to be, and how fast it goes on (0: it stands still). */
        ClockIn: {
            /** Format: date-time */
            now: string;
            speed: number;
        };
        /** @description What time it is here; ``simulated`` tells a set clock from the machine's own. */
        ClockOut: {
            /** Format: date-time */
            now: string;
            speed: number;
            simulated: boolean;
        };
        /** @description COD money a carrier passed on to us, waybill by waybill. */
        CodRemittanceIn: {
            lines: components["schemas"]["RemittedLineIn"][];
        };
        /** @description How many lines were taken, and what did not fit what we expected. */
        CodRemittanceOut: {
            taken_count: number;
            findings: components["schemas"]["FindingOut"][];
        };
        /** @description COD money was passed on; `fees` were kept back of what was taken. */
        CodRemittedData: {
            remittance_id: string;
            amount: components["schemas"]["MoneyWire"];
            fees: components["schemas"]["MoneyWire"];
            shipment_count: number;
        };
        /** @description Money was taken at the handover, by a `driver`, a `till` or a `carrier`. */
        CodTakenData: {
            shipment_id: string;
            receipt_id: string;
            amount: components["schemas"]["MoneyWire"];
            means: string;
            taken_by: string;
        };
        /** @description What a page needs to know before it starts. */
        Config: {
            product_name: string;
            ws_url: string;
            /** @description a style instead of the pages' own */
            map_style_url: string | null;
            locales: string[];
            /** @description the clock here is a simulated one */
            demo: boolean;
            /** Format: date-time */
            now: string;
        };
        /** @description The recipient's word on leaving a parcel at a store, locker or neighbour. */
        ConsentIn: {
            kind: components["schemas"]["ConsentKind"];
            /** @default true */
            granted?: boolean;
            /**
             * @description where it was given
             * @default checkout
             */
            channel?: string;
        };
        /**
         * @description What needs the recipient's permission before a parcel may be left there.
         * @enum {string}
         */
        ConsentKind: "store" | "locker" | "neighbour";
        /** @description A permission as it was recorded. */
        ConsentOut: {
            kind: components["schemas"]["ConsentKind"];
            /** @default true */
            granted?: boolean;
            /**
             * @description where it was given
             * @default checkout
             */
            channel?: string;
            /** Format: date-time */
            recorded_at: string;
        };
        /** @description What one carrier gets from us under one waybill. */
        ConsignmentOut: {
            id: string;
            shipment_id: string;
            carrier: string;
            waybill_no: string | null;
            state: string;
            trouble: string;
            expected_cost: components["schemas"]["MoneyWire"];
            cod_due: components["schemas"]["MoneyWire"];
            cod_collected: components["schemas"]["MoneyWire"];
            cod_remitted: components["schemas"]["MoneyWire"];
            last_status: string;
            last_event_at: string | null;
            /** Format: date-time */
            created_at: string;
            booked_at: string | null;
            handed_over_at: string | null;
            closed_at: string | null;
        };
        /**
         * @description Where a consignment stands.
         * @enum {string}
         */
        ConsignmentState: "booking" | "booked" | "handed_over" | "closed" | "cancelling" | "cancelled" | "failed";
        /** @description A merchant's terms; see docs/formulas for how charges follow from them. */
        "ContractWire-Input": {
            /** @default CNY */
            currency?: string;
            /**
             * @default [
             *       "own_fleet",
             *       "pickup",
             *       "carrier"
             *     ]
             */
            modes?: ("own_fleet" | "pickup" | "carrier")[];
            /**
             * @description major units, as decimal text
             * @default 0
             */
            delivery_per_order?: number | string;
            /**
             * @description major units, as decimal text
             * @default 0
             */
            delivery_per_item?: number | string;
            /**
             * @description major units, as decimal text
             * @default 0
             */
            delivery_per_kg?: number | string;
            /**
             * @description major units, as decimal text
             * @default 0
             */
            storage_per_m3_month?: number | string;
            /**
             * @description a share: 0.06 is six per cent
             * @default 0
             */
            commission_share?: number | string;
            /**
             * @description a share: 0.06 is six per cent
             * @default 0
             */
            cod_share?: number | string;
            /**
             * @description major units, as decimal text
             * @default 0
             */
            cod_min?: number | string;
            /**
             * @description major units, as decimal text
             * @default 0
             */
            return_per_order?: number | string;
            /** @default 1 */
            cod_cycle_days?: number;
            /** @default half_even */
            rounding?: components["schemas"]["Rounding"];
            /** @default  */
            notes?: string;
        };
        /** @description A merchant's terms; see docs/formulas for how charges follow from them. */
        "ContractWire-Output": {
            /** @default CNY */
            currency?: string;
            /**
             * @default [
             *       "own_fleet",
             *       "pickup",
             *       "carrier"
             *     ]
             */
            modes?: ("own_fleet" | "pickup" | "carrier")[];
            /**
             * @description major units, as decimal text
             * @default 0
             */
            delivery_per_order?: string;
            /**
             * @description major units, as decimal text
             * @default 0
             */
            delivery_per_item?: string;
            /**
             * @description major units, as decimal text
             * @default 0
             */
            delivery_per_kg?: string;
            /**
             * @description major units, as decimal text
             * @default 0
             */
            storage_per_m3_month?: string;
            /**
             * @description a share: 0.06 is six per cent
             * @default 0
             */
            commission_share?: string;
            /**
             * @description a share: 0.06 is six per cent
             * @default 0
             */
            cod_share?: string;
            /**
             * @description major units, as decimal text
             * @default 0
             */
            cod_min?: string;
            /**
             * @description major units, as decimal text
             * @default 0
             */
            return_per_order?: string;
            /** @default 1 */
            cod_cycle_days?: number;
            /** @default half_even */
            rounding?: components["schemas"]["Rounding"];
            /** @default  */
            notes?: string;
        };
        /** @description How many are on their way again. */
        CountOut: {
            count: number;
        };
        /** @description A shipment was taken on. */
        CreatedData: {
            shipment_id: string;
            tracking_no: string;
            order_ref: string;
            cod_due: components["schemas"]["MoneyWire"] | null;
        };
        /** @description A message on its way to one endpoint; `next_at` is when it is tried again. */
        DeliveryOut: {
            endpoint_id: string;
            state: components["schemas"]["DeliveryState"];
            next_at: string | null;
            attempts: components["schemas"]["logistics__webhooks__edge__schemas__AttemptOut"][];
        };
        /**
         * @description Where a message stands with one endpoint.
         * @enum {string}
         */
        DeliveryState: "pending" | "delivered" | "gave_up";
        /** @description The device's token, shown this once. */
        DeviceOut: {
            token: string;
            role: components["schemas"]["Role"];
            name: string;
            site_id: string;
            vehicle_id: string;
        };
        /** @description Where to tell a merchant's systems; `types` empty: everything. */
        EndpointIn: {
            /** @example https://shop.example/hooks/logistics */
            url: string;
            /**
             * @default []
             * @example [
             *       "shipment.status_changed"
             *     ]
             */
            types?: string[];
            /** @default  */
            description?: string;
        };
        /** @description An endpoint without its secret; `failing_since`: nothing but failures since then. */
        EndpointOut: {
            id: string;
            merchant_id: string;
            url: string;
            types: string[];
            description: string;
            /** Format: date-time */
            created_at: string;
            failing_since: string | null;
            disabled_at: string | null;
            disabled_reason: string;
        };
        /** @description When we expect to be there. */
        EtaData: {
            /** Format: date-time */
            start: string;
            /** Format: date-time */
            end: string;
        };
        /** @description When we expect to be there, as of when, and why it left the promise: `earlier_stops`, `ahead`, or empty. */
        EtaOut: {
            /** Format: date-time */
            start: string;
            /** Format: date-time */
            end: string;
            /** Format: date-time */
            as_of: string;
            /** @default  */
            moved_reason?: string;
        };
        /** @description An event of the log, with its source, as the merchant and the house see it; it never changes. */
        EventOut: {
            id: string;
            shipment_id: string;
            /** @description dense per shipment, from 1 */
            seq: number;
            source: string;
            kind: string;
            /** @description a public word, an overlay, `unknown`, or empty: moves nothing */
            status: string;
            reason: string;
            place: string;
            params: {
                [key: string]: unknown;
            };
            supersedes: string;
            /** Format: date-time */
            occurred_at: string;
            /** Format: date-time */
            received_at: string;
        };
        /** @description A part of the feed; `next_cursor` is always there: ask again with it, now or tomorrow, and miss nothing. */
        EventsOut: {
            items: components["schemas"]["FeedEventOut"][];
            next_cursor: string;
        };
        /** @description How many shipments were turned back because nobody came in time. */
        ExpiredOut: {
            expired: number;
        };
        /** @description An event at its position in the feed. */
        FeedEventOut: {
            id: string;
            shipment_id: string;
            /** @description dense per shipment, from 1 */
            seq: number;
            source: string;
            kind: string;
            /** @description a public word, an overlay, `unknown`, or empty: moves nothing */
            status: string;
            reason: string;
            place: string;
            params: {
                [key: string]: unknown;
            };
            supersedes: string;
            /** Format: date-time */
            occurred_at: string;
            /** Format: date-time */
            received_at: string;
            position: number;
        };
        /** @description Where the story goes on live: WebSocket (add `token`, `since`, `epoch`), or server-sent events. */
        FeedOut: {
            ws_url: string | null;
            sse_url: string | null;
        };
        /** @description One field that is wrong: which, what is wrong with it, what would be right. */
        FieldProblem: {
            field: string;
            message: string;
            /** @default  */
            expected?: string;
        };
        /** @description What was noticed: where, a stable code, a sentence, what would be right. */
        FindingOut: {
            where: string;
            code: string;
            message: string;
            /** @default  */
            expected?: string;
        };
        /** @description One thing noticed while the rest was done: where (a label, a row), a stable code, what would be right. */
        FindingWire: {
            where: string;
            code: string;
            message: string;
            /** @default  */
            expected?: string;
        };
        /** @description What a depot's fleet does: how far, how much, when, at what cost; and which stores it serves. */
        FleetTermsIn: {
            /**
             * @default {
             *       "stop_cost": 3,
             *       "km_cost": 2,
             *       "detour": 1.3,
             *       "stops_per_route": 40,
             *       "stops_per_km2": 2,
             *       "k": 0.7
             *     }
             */
            insertion?: components["schemas"]["InsertionWire"];
            /** @default 60000 */
            radius_m_max?: number;
            /** @default 500000 */
            weight_g_max?: number;
            /** @default 3000000 */
            volume_cm3_max?: number;
            /**
             * Format: time
             * @default 08:00:00
             */
            day_starts?: string;
            /**
             * Format: time
             * @default 20:00:00
             */
            day_ends?: string;
            /** @default 3000 */
            reach_m_max?: number;
            /** @default 5 */
            stores_max?: number;
            /** @default 20000 */
            store_parcel_g_max?: number;
            /** @default 0.8 */
            store_parcel_cost?: number | string;
            /** @default 6 */
            parcels_per_store?: number;
        };
        /** @description The same, with what plans have taught so far. */
        FleetTermsOut: {
            /**
             * @default {
             *       "stop_cost": 3,
             *       "km_cost": 2,
             *       "detour": 1.3,
             *       "stops_per_route": 40,
             *       "stops_per_km2": 2,
             *       "k": 0.7
             *     }
             */
            insertion?: components["schemas"]["InsertionWire"];
            /** @default 60000 */
            radius_m_max?: number;
            /** @default 500000 */
            weight_g_max?: number;
            /** @default 3000000 */
            volume_cm3_max?: number;
            /**
             * Format: time
             * @default 08:00:00
             */
            day_starts?: string;
            /**
             * Format: time
             * @default 20:00:00
             */
            day_ends?: string;
            /** @default 3000 */
            reach_m_max?: number;
            /** @default 5 */
            stores_max?: number;
            /** @default 20000 */
            store_parcel_g_max?: number;
            /** @default 0.8 */
            store_parcel_cost?: string;
            /** @default 6 */
            parcels_per_store?: number;
            depot_id: string;
            scale: number;
            plans_count: number;
        };
        HTTPValidationError: {
            detail?: components["schemas"]["ValidationError"][];
        };
        /** @description A run's cash as counted at the depot. */
        HandInIn: {
            amount: components["schemas"]["MoneyWire"];
            /** @description when it happened, if not just now: not in the future, not older than 7 days */
            at?: string | null;
        };
        /** @description What was counted, what the receipts say, and what is too much (below zero: missing). */
        HandInOut: {
            expected: components["schemas"]["MoneyWire"];
            amount: components["schemas"]["MoneyWire"];
            difference: components["schemas"]["MoneyWire"];
        };
        /** @description What changed hands: waybills that left with this handover, and what was wrong with the rest. */
        HandoverOut: {
            handed_over: string[];
            findings: components["schemas"]["FindingOut"][];
        };
        /**
         * @description What may cost the merchant something.
         * @enum {string}
         */
        HappeningKind: "delivered" | "returned" | "cod_taken" | "stored";
        /** @description Something that may cost something, by which every line can be recomputed. */
        HappeningOut: {
            seq: number;
            kind: components["schemas"]["HappeningKind"];
            /** Format: date-time */
            booked_at: string;
            /** @description the version of the contract it happened under */
            terms: number;
            shipment_id: string;
            parcels_count: number;
            weight_g: number;
            price: components["schemas"]["MoneyWire"] | null;
            taken: components["schemas"]["MoneyWire"] | null;
            stored: components["schemas"]["StoredIn"][];
        };
        /** @description The process answers. */
        Health: {
            /** @default ok */
            status?: string;
        };
        /** @description Money in somebody's hands. */
        HolderOut: {
            /**
             * @example driver:veh_1
             * @example depot:sit_1
             * @example carrier:pretend
             * @example acquirer:card
             */
            holder: string;
            amount: components["schemas"]["MoneyWire"];
        };
        /** @description What one more stop costs before any route exists; docs/formulas/tariffs.md has the formula. */
        InsertionWire: {
            /**
             * @description major units
             * @default 3
             */
            stop_cost?: number;
            /**
             * @description major units
             * @default 2
             */
            km_cost?: number;
            /** @default 1.3 */
            detour?: number;
            /** @default 40 */
            stops_per_route?: number;
            /** @default 2 */
            stops_per_km2?: number;
            /** @default 0.7 */
            k?: number;
        };
        /** @description A name by which the merchant will know the key. */
        KeyIn: {
            name: string;
        };
        /** @description An API key without its secret. */
        KeyOut: {
            id: string;
            name: string;
            hint: string;
            /** Format: date-time */
            created_at: string;
            revoked_at: string | null;
        };
        /** @description Labels that were scanned. */
        LabelsIn: {
            labels: string[];
            /** @description when it happened, if not just now: not in the future, not older than 7 days */
            at?: string | null;
        };
        /** @description Money that is due to a merchant and has not reached our bank yet. */
        LateOut: {
            merchant_id: string;
            shipment_id: string;
            amount: components["schemas"]["MoneyWire"];
            /** Format: date-time */
            taken_at: string;
        };
        /** @description Parcels that were not collected, as the depot fetches them. */
        LeavingIn: {
            labels: string[];
            /** @description when it happened, if not just now: not in the future, not older than 7 days */
            at?: string | null;
        };
        /** @description Labels that left, and what may not leave. */
        LeavingOut: {
            left: string[];
            findings: components["schemas"]["FindingWire"][];
        };
        /** @description A shipment nobody carries, why, and the cheapest repair. */
        LeftOutOut: {
            shipment_id: string;
            tracking_no: string;
            recipient_name: string;
            point: components["schemas"]["PointWire"] | null;
            reason: components["schemas"]["ReasonOut"];
            repair: components["schemas"]["RepairOut"] | null;
        };
        /** @description One account's side of a transfer. */
        LegOut: {
            account: string;
            amount: components["schemas"]["MoneyWire"];
            shipment_id: string;
            merchant_id: string;
        };
        /** @description A public link to the shipment's page. */
        LinkOut: {
            tracking_url: string;
        };
        /** @description The most that is on board at any time. */
        LoadOut: {
            g: number;
            cm3: number;
            parcels: number;
            cash_minor: number;
        };
        /** @description How loading stands: labels on board, labels still missing, and what is wrong with the scan. */
        LoadingOut: {
            loaded: string[];
            missing: string[];
            findings: components["schemas"]["FindingWire"][];
        };
        /** @description What a person types. */
        LogIn: {
            login: string;
            password: string;
        };
        /** @description A tracking number; with the last four digits of the recipient's phone more is shown. */
        LookupIn: {
            tracking_no: string;
            /** @default  */
            phone_last4?: string;
        };
        /** @description Who is asking. */
        Me: {
            role: components["schemas"]["Role"];
            name: string;
            merchant_id: string;
            site_id: string;
            vehicle_id: string;
        };
        /**
         * @description How the money was given; only cash is carried about and handed in.
         * @enum {string}
         */
        Means: "cash" | "card" | "qr";
        /** @description A merchant we are to work for. */
        MerchantIn: {
            name: string;
            /** @default zh-CN */
            locale?: string;
            /** @default Asia/Shanghai */
            time_zone?: string;
            /**
             * @default {
             *       "currency": "CNY",
             *       "modes": [
             *         "own_fleet",
             *         "pickup",
             *         "carrier"
             *       ],
             *       "delivery_per_order": "0",
             *       "delivery_per_item": "0",
             *       "delivery_per_kg": "0",
             *       "storage_per_m3_month": "0",
             *       "commission_share": "0",
             *       "cod_share": "0",
             *       "cod_min": "0",
             *       "return_per_order": "0",
             *       "cod_cycle_days": 1,
             *       "rounding": "half_even",
             *       "notes": ""
             *     }
             */
            contract?: components["schemas"]["ContractWire-Input"];
        };
        /** @description A merchant we work for; ``version`` is the contract's, and its ETag. */
        MerchantOut: {
            name: string;
            /** @default zh-CN */
            locale?: string;
            /** @default Asia/Shanghai */
            time_zone?: string;
            /**
             * @default {
             *       "currency": "CNY",
             *       "modes": [
             *         "own_fleet",
             *         "pickup",
             *         "carrier"
             *       ],
             *       "delivery_per_order": "0",
             *       "delivery_per_item": "0",
             *       "delivery_per_kg": "0",
             *       "storage_per_m3_month": "0",
             *       "commission_share": "0",
             *       "cod_share": "0",
             *       "cod_min": "0",
             *       "return_per_order": "0",
             *       "cod_cycle_days": 1,
             *       "rounding": "half_even",
             *       "notes": ""
             *     }
             */
            contract?: components["schemas"]["ContractWire-Output"];
            id: string;
            version: number;
            /** Format: date-time */
            created_at: string;
        };
        /** @description A message as it is sent, and how it fared. */
        MessageOut: {
            id: string;
            type: string;
            shipment_id: string;
            /** Format: date-time */
            created_at: string;
            body: string;
            deliveries: components["schemas"]["DeliveryOut"][];
        };
        Message_CancelledData_: {
            type: string;
            /** Format: date-time */
            timestamp: string;
            data: components["schemas"]["CancelledData"];
        };
        Message_CodRemittedData_: {
            type: string;
            /** Format: date-time */
            timestamp: string;
            data: components["schemas"]["CodRemittedData"];
        };
        Message_CodTakenData_: {
            type: string;
            /** Format: date-time */
            timestamp: string;
            data: components["schemas"]["CodTakenData"];
        };
        Message_CreatedData_: {
            type: string;
            /** Format: date-time */
            timestamp: string;
            data: components["schemas"]["CreatedData"];
        };
        Message_ModeChosenData_: {
            type: string;
            /** Format: date-time */
            timestamp: string;
            data: components["schemas"]["ModeChosenData"];
        };
        Message_StatementReadyData_: {
            type: string;
            /** Format: date-time */
            timestamp: string;
            data: components["schemas"]["StatementReadyData"];
        };
        Message_StatusChangedData_: {
            type: string;
            /** Format: date-time */
            timestamp: string;
            data: components["schemas"]["StatusChangedData"];
        };
        Message_TestData_: {
            type: string;
            /** Format: date-time */
            timestamp: string;
            data: components["schemas"]["TestData"];
        };
        /**
         * @description How the recipient gets it.
         * @enum {string}
         */
        Mode: "own_fleet" | "pickup" | "carrier";
        /** @description How it will travel, and why not otherwise. */
        ModeChosenData: {
            shipment_id: string;
            mode: string;
            site_id: string;
            carrier: string;
            price: components["schemas"]["MoneyWire"];
            reasons: string[];
        };
        /** @description An amount in minor units of a currency: 1250 CNY is twelve yuan and fifty fen. */
        MoneyWire: {
            amount_minor: number;
            /** @example CNY */
            currency: string;
        };
        /** @description A shipment put on a vehicle by hand, before its visit at ``position`` (0 first); no vehicle: taken off. */
        Move: {
            shipment_id: string;
            vehicle_id: string | null;
            /** @default 0 */
            position?: number;
        };
        /** @description Changes by hand, done in order. */
        MovesIn: {
            moves: components["schemas"]["Move"][];
        };
        /** @description A carrier just entered; ``callback_secret``, the hidden part of its callback address, is shown this once. */
        NewCarrierOut: {
            /** @example yuantong */
            code: string;
            name: string;
            /**
             * @description where its API is; empty: it has none
             * @default
             */
            base_url?: string;
            /**
             * @default
             * @enum {string}
             */
            adapter?: "" | "pretend";
            /**
             * @default kuaidi100
             * @constant
             */
            push_dialect?: "kuaidi100";
            rate_card: components["schemas"]["RateCardWire-Output"];
            /** @default false */
            collects_cod?: boolean;
            /** @default 17:00 */
            cutoff?: string;
            /** @default Asia/Shanghai */
            time_zone?: string;
            is_active: boolean;
            /** Format: date-time */
            created_at: string;
            callback_secret: string;
            callback_path: string;
        };
        /** @description An endpoint with its secret: shown this once. */
        NewEndpointOut: {
            id: string;
            merchant_id: string;
            url: string;
            types: string[];
            description: string;
            /** Format: date-time */
            created_at: string;
            failing_since: string | null;
            disabled_at: string | null;
            disabled_reason: string;
            /** @example whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw */
            secret: string;
        };
        /** @description An API key with its secret: shown this once. */
        NewKeyOut: {
            id: string;
            name: string;
            hint: string;
            /** Format: date-time */
            created_at: string;
            revoked_at: string | null;
            secret: string;
        };
        /**
         * @description One way to do it. Amounts and promise are missing only where it is not feasible.
         *
         *     ``difference`` is how much more it comes to than the one chosen, cost and risk together; negative: it would have
         *     been cheaper.
         */
        OfferWire: {
            mode: components["schemas"]["Mode"];
            name: string;
            /** @default  */
            site_id?: string;
            /** @default  */
            carrier?: string;
            price?: components["schemas"]["MoneyWire"] | null;
            cost?: components["schemas"]["MoneyWire"] | null;
            risk?: components["schemas"]["MoneyWire"] | null;
            promise?: components["schemas"]["WindowWire"] | null;
            feasible: boolean;
            reasons?: components["schemas"]["ReasonWire"][];
            conditions?: string[];
            /** @default false */
            chosen?: boolean;
            difference?: components["schemas"]["MoneyWire"] | null;
        };
        /** @description Open on these weekdays from ``opens`` until ``closes``, local time; past midnight if closes <= opens. */
        OpeningWire: {
            days: number[];
            /** Format: time */
            opens: string;
            /** Format: time */
            closes: string;
        };
        /**
         * @description How an attempt ended.
         * @enum {string}
         */
        Outcome: "delivered" | "part" | "failed" | "refused" | "handed_over";
        Page_AuditOut_: {
            items: components["schemas"]["AuditOut"][];
            next_cursor?: string | null;
        };
        Page_ConsignmentOut_: {
            items: components["schemas"]["ConsignmentOut"][];
            next_cursor?: string | null;
        };
        Page_MessageOut_: {
            items: components["schemas"]["MessageOut"][];
            next_cursor?: string | null;
        };
        Page_PlanHead_: {
            items: components["schemas"]["PlanHead"][];
            next_cursor?: string | null;
        };
        Page_RemittanceOut_: {
            items: components["schemas"]["RemittanceOut"][];
            next_cursor?: string | null;
        };
        Page_RunSummary_: {
            items: components["schemas"]["RunSummary"][];
            next_cursor?: string | null;
        };
        Page_ShipmentOut_: {
            items: components["schemas"]["ShipmentOut"][];
            next_cursor?: string | null;
        };
        Page_StayOut_: {
            items: components["schemas"]["StayOut"][];
            next_cursor?: string | null;
        };
        Page_TransferOut_: {
            items: components["schemas"]["TransferOut"][];
            next_cursor?: string | null;
        };
        /** @description The code as typed on the device. */
        PairIn: {
            code: string;
        };
        /** @description Which device is to be paired: a driver's phone or a store's till. */
        PairingIn: {
            /** @enum {string} */
            kind: "driver" | "till";
            /** @default device */
            name?: string;
            /** @default  */
            vehicle_id?: string;
            /** @default  */
            site_id?: string;
        };
        /** @description The code to type on the device. */
        PairingOut: {
            code: string;
            /** Format: date-time */
            expires_at: string;
        };
        /** @description One piece; its volume is taken from its edges if it is not given. */
        ParcelIn: {
            weight_g: number;
            /** @default 0 */
            length_mm?: number;
            /** @default 0 */
            width_mm?: number;
            /** @default 0 */
            height_mm?: number;
            /** @default 0 */
            volume_cm3?: number;
            /** @default  */
            description?: string;
        };
        /** @description One labelled piece and who has it. */
        ParcelOut: {
            id: string;
            label: string;
            state: components["schemas"]["ParcelState"];
            holder: string;
            weight_g: number;
            volume_cm3: number;
            description: string;
        };
        /**
         * @description Who has a parcel: the merchant, a site, a vehicle, a carrier, the recipient.
         * @enum {string}
         */
        ParcelState: "announced" | "held" | "loaded" | "with_carrier" | "delivered" | "returned" | "lost";
        /** @description One piece and who has it by the book. */
        ParcelWire: {
            id: string;
            label: string;
            holder: string;
        };
        /** @description Where to collect; the code only when there is something to collect, and only by the link. */
        PickupOut: {
            code: string | null;
            site_name: string;
            address: string;
            point: components["schemas"]["PointWire"];
            open_until: string | null;
            keep_until: string | null;
        };
        /** @description A planning, without its routes. */
        PlanHead: {
            id: string;
            name: string;
            /** Format: date */
            on: string;
            depot_ids: string[];
            seconds: number;
            travel: string;
            state: components["schemas"]["PlanState"];
            error: string;
            version: number;
            progress: components["schemas"]["ProgressOut"];
            summary: components["schemas"]["SummaryOut"] | null;
            /** Format: date-time */
            created_at: string;
            ended_at: string | null;
        };
        /** @description A planning that is asked for: which day, from which depots, how long to search. */
        PlanIn: {
            /** Format: date */
            on: string;
            depot_ids: string[];
            /** @default 10 */
            seconds?: number;
            /**
             * @default geodesic
             * @enum {string}
             */
            travel?: "geodesic" | "roads";
            /** @default  */
            name?: string;
        };
        /** @description A planning with everything that came out; while it is solving, the best so far. */
        PlanOut: {
            summary: components["schemas"]["SummaryOut"] | null;
            routes?: components["schemas"]["RouteOut"][];
            to_carrier?: components["schemas"]["logistics__routing__edge__schemas__CarrierOut"][];
            left_out?: components["schemas"]["LeftOutOut"][];
            violations?: components["schemas"]["ViolationOut"][];
            findings?: components["schemas"]["FindingWire"][];
            id: string;
            name: string;
            /** Format: date */
            on: string;
            depot_ids: string[];
            seconds: number;
            travel: string;
            state: components["schemas"]["PlanState"];
            error: string;
            version: number;
            progress: components["schemas"]["ProgressOut"];
            /** Format: date-time */
            created_at: string;
            ended_at: string | null;
        };
        /**
         * @description Where a planning stands.
         * @enum {string}
         */
        PlanState: "queued" | "solving" | "done" | "stopped" | "failed" | "cancelled" | "released";
        /** @description A place in WGS-84 degrees. */
        PointWire: {
            lat: number;
            lon: number;
        };
        /** @description What waits to be planned on a day. */
        Pool: {
            items: components["schemas"]["PoolItem"][];
        };
        /** @description A shipment that waits to be planned. */
        PoolItem: {
            shipment_id: string;
            tracking_no: string;
            recipient_name: string;
            point: components["schemas"]["PointWire"] | null;
            address: string;
            window: components["schemas"]["WindowWire"] | null;
            cod_due: components["schemas"]["MoneyWire"] | null;
            weight_g: number;
            volume_cm3: number;
            parcels_count: number;
            mode_wish: string;
            options: components["schemas"]["PoolOption"][];
            carrier_price: components["schemas"]["MoneyWire"] | null;
        };
        /** @description One way to do it ourselves: at the door, or at a service point. */
        PoolOption: {
            kind: string;
            site_id?: string | null;
        };
        /** @description One fix as a device reported it; `rejected` says why it is not believed. */
        PositionOut: {
            vehicle_id: string;
            lat: number;
            lon: number;
            speed_mps: number | null;
            accuracy_m: number | null;
            /** Format: date-time */
            fixed_at: string;
            /** Format: date-time */
            received_at: string;
            device_id: string;
            rejected: string;
        };
        /** @description A refusal, as RFC 9457 wants it: ``type`` is stable and meant for programs. */
        Problem: {
            type: string;
            title: string;
            status: number;
            detail: string;
            errors?: components["schemas"]["FieldProblem"][];
        };
        /** @description How the search goes: the best so far; cost in minor units, also along the curve of [seconds, cost]. */
        ProgressOut: {
            /** @default 0 */
            seconds?: number;
            cost?: number | null;
            unplanned?: number | null;
            vehicles?: number | null;
            /** @default 0 */
            iterations?: number;
            curve?: [
                number,
                number
            ][];
        };
        /** @description A proof: for signature and photo a picture in base 64, for a code its letters; data may be left out. */
        ProofIn: {
            /** @default none */
            kind?: components["schemas"]["ProofKind"];
            data?: string | null;
        };
        /**
         * @description What kind of proof was taken.
         * @enum {string}
         */
        ProofKind: "signature" | "photo" | "code" | "none";
        /** @description The answer in the dialect of the sender (Kuaidi100). */
        PushAnswer: {
            result: boolean;
            returnCode: string;
            message: string;
        };
        /** @description What would have to be sent. */
        QuoteIn: {
            recipient: components["schemas"]["WhereTo"];
            parcels: components["schemas"]["ParcelIn"][];
            cod_due?: components["schemas"]["MoneyWire"] | null;
            value?: components["schemas"]["MoneyWire"] | null;
            deliver_on?: string | null;
            window?: components["schemas"]["WindowWire"] | null;
            /** @default  */
            depot_id?: string;
            mode?: components["schemas"]["Mode"] | null;
            /** @default  */
            service_point_id?: string;
            consents?: components["schemas"]["ConsentIn"][];
        };
        /** @description The offers, best first; prices hold until ``valid_until``. */
        QuoteOut: {
            quote_id: string;
            /** Format: date-time */
            valid_until: string;
            offers: components["schemas"]["OfferWire"][];
            reasons: string[];
        };
        /** @description Prices by zone and weight; docs/formulas/tariffs.md has the formula. */
        "RateCardWire-Input": {
            /** @default CNY */
            currency?: string;
            zones: components["schemas"]["ZoneWire-Input"][];
            /**
             * @description 0: volume does not count
             * @default 0
             */
            volumetric_cm3_per_kg?: number;
            surcharges?: components["schemas"]["SurchargeWire-Input"][];
            /**
             * @description a share: 0.01 is one per cent
             * @default 0
             */
            cod_share?: number | string;
            /**
             * @description major units, as decimal text
             * @default 0
             */
            cod_min?: number | string;
            cod_max?: (number | string) | null;
            /**
             * @description of one waybill; 0: no limit
             * @default 0
             */
            weight_g_max?: number;
            /** @default half_up */
            rounding?: components["schemas"]["Rounding"];
        };
        /** @description Prices by zone and weight; docs/formulas/tariffs.md has the formula. */
        "RateCardWire-Output": {
            /** @default CNY */
            currency?: string;
            zones: components["schemas"]["ZoneWire-Output"][];
            /**
             * @description 0: volume does not count
             * @default 0
             */
            volumetric_cm3_per_kg?: number;
            surcharges?: components["schemas"]["SurchargeWire-Output"][];
            /**
             * @description a share: 0.01 is one per cent
             * @default 0
             */
            cod_share?: string;
            /**
             * @description major units, as decimal text
             * @default 0
             */
            cod_min?: string;
            cod_max?: string | null;
            /**
             * @description of one waybill; 0: no limit
             * @default 0
             */
            weight_g_max?: number;
            /** @default half_up */
            rounding?: components["schemas"]["Rounding"];
        };
        /** @description The database answers, and news does not pile up. */
        Ready: {
            /** @default ok */
            status?: string;
            oldest_news_s: number;
        };
        /** @description What keeps a shipment off the routes. */
        ReasonOut: {
            code: string;
            text: string;
        };
        /** @description Why an offer cannot be taken. */
        ReasonWire: {
            code: string;
            text: string;
        };
        /** @description Who receives; without a point only a carrier can bring it. */
        RecipientIn: {
            name: string;
            /** @example +86 138 0013 8000 */
            phone: string;
            /** @default  */
            address?: string;
            point?: components["schemas"]["PointWire"] | null;
            /** @default  */
            locale?: string;
        };
        /** @description Who receives. */
        RecipientOut: {
            name: string;
            phone: string;
            address: string;
            point: components["schemas"]["PointWire"] | null;
            locale: string;
        };
        /** @description The recipient does not want it. */
        RefusalIn: {
            shipment_id: string;
            /**
             * @description prefixed by the responsible party
             * @default recipient_refused
             * @example recipient_not_home
             */
            reason?: string;
            /** @description when it happened, if not just now: not in the future, not older than 7 days */
            at?: string | null;
        };
        /** @description The runs a plan became. */
        ReleasedOut: {
            runs: components["schemas"]["RunSummary"][];
        };
        /** @description COD money passed on to a merchant: what was taken up to `last_on`, its local day, less `fees`. */
        RemittanceOut: {
            id: string;
            run_id: string;
            merchant_id: string;
            amount: components["schemas"]["MoneyWire"];
            fees: components["schemas"]["MoneyWire"];
            shipment_count: number;
            /** Format: date */
            last_on: string;
            /** Format: date-time */
            created_at: string;
        };
        /** @description The money of one waybill. */
        RemittedLineIn: {
            waybill_no: string;
            amount: components["schemas"]["MoneyWire"];
        };
        /** @description What would put it there, and what that costs. */
        RepairOut: {
            text: string;
            price: components["schemas"]["MoneyWire"];
        };
        /** @description From when on; `only_failed` leaves out what arrived or is still being tried. */
        ReplayIn: {
            /** Format: date-time */
            since: string;
            /** @default false */
            only_failed?: boolean;
        };
        /**
         * @description What somebody is for; `roles.py` says what each may do.
         * @enum {string}
         */
        Role: "operator" | "dispatcher" | "depot" | "clerk" | "driver" | "merchant";
        /**
         * @description Names a rule for turning an exact amount into whole minor units.
         * @enum {string}
         */
        Rounding: "half_even" | "half_up" | "up" | "down";
        /** @description What one vehicle does; ``load_percent`` is of the scarcest of weight, volume and pieces. */
        RouteOut: {
            vehicle_id: string;
            vehicle_name: string;
            driver_name: string;
            depot_id: string;
            load: components["schemas"]["LoadOut"];
            load_percent: number;
            distance_m: number;
            cost: components["schemas"]["MoneyWire"];
            /** Format: date-time */
            start_at: string;
            /** Format: date-time */
            end_at: string;
            polyline: [
                number,
                number
            ][];
            stops: components["schemas"]["logistics__routing__edge__schemas__StopOut"][];
        };
        /** @description What became of one row: taken, known already, or refused with what is wrong in which column. */
        RowResult: {
            row: number;
            order_ref: string;
            /** @enum {string} */
            status: "created" | "duplicate" | "rejected";
            /** @default  */
            shipment_id?: string;
            /** @default  */
            tracking_no?: string;
            tracking_url?: string | null;
            errors?: components["schemas"]["FieldProblem"][];
        };
        /** @description Cash of a run: taken at the doors, and handed in at the depot. Card and QR money is in neither. */
        RunCash: {
            taken: components["schemas"]["MoneyWire"];
            handed_in: components["schemas"]["MoneyWire"];
        };
        /** @description When a run is to decide as of; now, if nothing is said. */
        RunIn: {
            as_of?: string | null;
        };
        /**
         * @description Where a run stands.
         * @enum {string}
         */
        RunState: "released" | "loading" | "underway" | "back" | "closed" | "cancelled";
        /** @description A run at a glance. */
        RunSummary: {
            id: string;
            plan_id: string;
            vehicle_id: string;
            vehicle_name: string;
            driver_name: string;
            depot_id: string;
            /** Format: date */
            on: string;
            state: components["schemas"]["RunState"];
            /** Format: date-time */
            planned_start_at: string;
            /** Format: date-time */
            planned_end_at: string;
            departed_at: string | null;
            finished_at: string | null;
            stops_count: number;
            stops_done: number;
            visits_count: number;
            cash: components["schemas"]["RunCash"];
        };
        /** @description Labels that were accepted, and what is wrong with the others. */
        ScannedOut: {
            accepted: string[];
            findings: components["schemas"]["FindingWire"][];
        };
        /** @description The new secret, shown this once; the old one signs beside it until `old_until`. */
        SecretOut: {
            secret: string;
            /** Format: date-time */
            old_until: string;
        };
        /** @description A place where recipients collect; ``distance_m`` is measured from the place asked for as the crow flies. */
        ServicePointOut: {
            id: string;
            name: string;
            point: components["schemas"]["PointWire"];
            address: string;
            time_zone: string;
            hours: components["schemas"]["OpeningWire"][];
            keep_days: number;
            /** @description how many more parcels it takes */
            room: number;
            open: boolean;
            distance_m: number;
        };
        /** @description An open session; browsers get the token as a cookie, too. */
        SessionOut: {
            role: components["schemas"]["Role"];
            name: string;
            merchant_id: string;
            site_id: string;
            vehicle_id: string;
            token: string;
            expires_at: string | null;
        };
        /** @description One promise asked for; without ``mode`` the house chooses. */
        ShipmentIn: {
            /** @description your own order number, unique */
            order_ref: string;
            recipient: components["schemas"]["RecipientIn"];
            parcels: components["schemas"]["ParcelIn"][];
            cod_due?: components["schemas"]["MoneyWire"] | null;
            value?: components["schemas"]["MoneyWire"] | null;
            /** @default  */
            depot_id?: string;
            deliver_on?: string | null;
            window?: components["schemas"]["WindowWire"] | null;
            mode?: components["schemas"]["Mode"] | null;
            /** @default  */
            service_point_id?: string;
            consents?: components["schemas"]["ConsentIn"][];
            /** @default  */
            note?: string;
        };
        /** @description A shipment. ``tracking_url`` is told once, when it is made; `POST .../links` makes another. */
        ShipmentOut: {
            id: string;
            merchant_id: string;
            tracking_no: string;
            order_ref: string;
            state: components["schemas"]["ShipmentState"];
            status: string;
            status_at: string | null;
            mode: string;
            mode_wish: string;
            site_id: string;
            carrier: string;
            waybill_no: string;
            depot_id: string;
            recipient: components["schemas"]["RecipientOut"];
            parcels: components["schemas"]["ParcelOut"][];
            weight_g: number;
            volume_cm3: number;
            cod_due: components["schemas"]["MoneyWire"] | null;
            value: components["schemas"]["MoneyWire"] | null;
            /** Format: date */
            deliver_on: string;
            window: components["schemas"]["WindowWire"] | null;
            promise: components["schemas"]["WindowWire"] | null;
            note: string;
            tracking_url?: string | null;
            /** Format: date-time */
            created_at: string;
            ended_at: string | null;
        };
        /**
         * @description Where our commitment stands.
         * @enum {string}
         */
        ShipmentState: "accepted" | "chosen" | "planned" | "underway" | "waiting" | "returning" | "delivered" | "returned" | "cancelled" | "lost";
        /** @description A site to be entered. */
        SiteIn: {
            name: string;
            kinds: components["schemas"]["SiteKind"][];
            point: components["schemas"]["PointWire"];
            address: string;
            /** @default Asia/Shanghai */
            time_zone?: string;
            hours?: components["schemas"]["OpeningWire"][];
            /**
             * @description room for waiting parcels
             * @default 0
             */
            capacity_parcels_max?: number;
            /**
             * @description how long a parcel waits for its recipient
             * @default 3
             */
            keep_days?: number;
        };
        /**
         * @description What happens at a site.
         * @enum {string}
         */
        SiteKind: "depot" | "warehouse" | "store";
        /** @description A site. */
        SiteOut: {
            name: string;
            kinds: components["schemas"]["SiteKind"][];
            point: components["schemas"]["PointWire"];
            address: string;
            /** @default Asia/Shanghai */
            time_zone?: string;
            hours?: components["schemas"]["OpeningWire"][];
            /**
             * @description room for waiting parcels
             * @default 0
             */
            capacity_parcels_max?: number;
            /**
             * @description how long a parcel waits for its recipient
             * @default 3
             */
            keep_days?: number;
            id: string;
            /** Format: date-time */
            created_at: string;
        };
        /** @description A window told to a recipient. */
        SpanOut: {
            /** Format: date-time */
            start: string;
            /** Format: date-time */
            end: string;
        };
        /** @description What became due to us in a period. */
        StatementOut: {
            merchant_id: string;
            /** Format: date */
            from_on: string;
            /** Format: date */
            to_on: string;
            lines: components["schemas"]["logistics__settlement__edge__schemas__LineOut"][];
            totals: components["schemas"]["TotalOut"][];
            total: components["schemas"]["MoneyWire"];
        };
        /** @description A month's statement will not change any more: GET /v1/statements. */
        StatementReadyData: {
            statement_id: string;
            /** Format: date */
            from_on: string;
            /** Format: date */
            to_on: string;
            total: components["schemas"]["MoneyWire"];
        };
        /** @description The public word changed, or something lies over it (`on_hold`, `delayed`) or no longer. */
        StatusChangedData: {
            shipment_id: string;
            /** @description dense per shipment; a gap is closed by GET /v1/events */
            shipment_seq: number;
            status: string;
            previous: string;
            overlay: string;
            milestone: number;
            reason: string;
            eta: components["schemas"]["EtaData"] | null;
        };
        /** @description One shipment at a service point. Its pickup code is the recipient's alone and is not told here. */
        StayOut: {
            shipment_id: string;
            tracking_no: string;
            recipient_name: string;
            phone_masked: string;
            parcels: components["schemas"]["StayParcelOut"][];
            cod_due: components["schemas"]["MoneyWire"] | null;
            state: components["schemas"]["StayState"];
            ready_at: string | null;
            keep_until: string | null;
            to_whom: string;
            reason: string;
        };
        /** @description One parcel of a stay; ``arrived_at`` is none while it is expected. */
        StayParcelOut: {
            id: string;
            label: string;
            shelf: string;
            arrived_at: string | null;
        };
        /**
         * @description Where a stay stands.
         * @enum {string}
         */
        StayState: "expected" | "arriving" | "ready" | "collected" | "expired" | "refused" | "left" | "released";
        /**
         * @description Whose door it is: the recipient's, or a service point's.
         * @enum {string}
         */
        StopKind: "door" | "service_point";
        /**
         * @description How a stop stands: it is done when none of its visits is open.
         * @enum {string}
         */
        StopState: "open" | "arrived" | "done";
        /** @description What was stored for a merchant; under one `reference` it is charged once. */
        StorageIn: {
            reference: string;
            lots: components["schemas"]["StoredIn"][];
            /** @default  */
            shipment_id?: string;
        };
        /** @description The number under which it stands among the merchant's happenings. */
        StorageOut: {
            seq: number;
        };
        /** @description Goods of a volume, for a number of days. */
        StoredIn: {
            volume_cm3: number;
            days: number;
        };
        /** @description The plan in figures; ``door``, ``service_point``, ``carrier`` and ``left_out`` add up to ``tasks``. */
        SummaryOut: {
            cost: components["schemas"]["MoneyWire"];
            distance_m: number;
            travel_s: number;
            wait_s: number;
            service_s: number;
            tasks: number;
            door: number;
            service_point: number;
            carrier: number;
            left_out: number;
            vehicles: number;
        };
        /** @description What is added to the freight: a flat amount, a share of it, or both. */
        "SurchargeWire-Input": {
            /** @example fuel */
            code: string;
            /**
             * @description major units, as decimal text
             * @default 0
             */
            flat?: number | string;
            /** @default false */
            per_parcel?: boolean;
            /**
             * @description a share: 0.01 is one per cent
             * @default 0
             */
            share?: number | string;
            /** @default 0 */
            above_g?: number;
            zones?: string[];
        };
        /** @description What is added to the freight: a flat amount, a share of it, or both. */
        "SurchargeWire-Output": {
            /** @example fuel */
            code: string;
            /**
             * @description major units, as decimal text
             * @default 0
             */
            flat?: string;
            /** @default false */
            per_parcel?: boolean;
            /**
             * @description a share: 0.01 is one per cent
             * @default 0
             */
            share?: string;
            /** @default 0 */
            above_g?: number;
            zones?: string[];
        };
        /** @description What a merchant is charged: a card for a mode; a mode without one is charged by the contract's rates. */
        "TariffWire-Input": {
            own_fleet?: components["schemas"]["RateCardWire-Input"] | null;
            pickup?: components["schemas"]["RateCardWire-Input"] | null;
            carrier?: components["schemas"]["RateCardWire-Input"] | null;
        };
        /** @description What a merchant is charged: a card for a mode; a mode without one is charged by the contract's rates. */
        "TariffWire-Output": {
            own_fleet?: components["schemas"]["RateCardWire-Output"] | null;
            pickup?: components["schemas"]["RateCardWire-Output"] | null;
            carrier?: components["schemas"]["RateCardWire-Output"] | null;
        };
        /** @description A message that says nothing, sent on demand. */
        TestData: {
            endpoint_id: string;
        };
        /** @description A till's cash as counted; the nearest depot takes it if none is named. */
        TillHandInIn: {
            amount: components["schemas"]["MoneyWire"];
            /** @default  */
            depot_id?: string;
            /** @description when it happened, if not just now: not in the future, not older than 7 days */
            at?: string | null;
        };
        /** @description What was counted, what the receipts say, and what is too much (below zero: missing). */
        TillHandInOut: {
            expected: components["schemas"]["MoneyWire"];
            amount: components["schemas"]["MoneyWire"];
            difference: components["schemas"]["MoneyWire"];
            depot_id: string;
        };
        /** @description All that was heard of a shipment, in the order in which it happened, and what it amounts to. */
        TimelineOut: {
            shipment_id: string;
            status: string;
            overlay: string;
            reason: string;
            milestone_no: number;
            ended_at: string | null;
            events: components["schemas"]["EventOut"][];
        };
        /** @description What the lines of a kind come to. */
        TotalOut: {
            kind: components["schemas"]["ChargeKind"];
            amount: components["schemas"]["MoneyWire"];
        };
        /** @description A shipment's story as one asker may know it. `seq` and `epoch` are what the live feed goes on from. */
        TrackOut: {
            tracking_no: string;
            merchant_name: string | null;
            status: string;
            headline_key: string;
            reason: string | null;
            milestone_no: number;
            promise: components["schemas"]["SpanOut"] | null;
            eta: components["schemas"]["EtaOut"] | null;
            stops_before: number | null;
            vehicle: components["schemas"]["logistics__tracking__edge__schemas__VehicleOut"] | null;
            destination: components["schemas"]["PointWire"] | null;
            cod: components["schemas"]["logistics__tracking__edge__schemas__CodOut"] | null;
            pickup: components["schemas"]["PickupOut"] | null;
            timeline: components["schemas"]["logistics__tracking__edge__schemas__LineOut"][];
            seq: number;
            epoch: string;
            feed: components["schemas"]["FeedOut"] | null;
            /** Format: date-time */
            as_of: string;
            time_zone: string;
            ended_at: string | null;
            /** @description full, masked or milestones */
            disclosure: string;
        };
        /** @description One balanced whole. */
        TransferOut: {
            id: string;
            kind: string;
            state: components["schemas"]["TransferState"];
            /** Format: date-time */
            occurred_at: string;
            /** Format: date-time */
            booked_at: string;
            note: string;
            legs: components["schemas"]["LegOut"][];
        };
        /**
         * @description Where a transfer stands; only posted ones count in balances.
         * @enum {string}
         */
        TransferState: "pending" | "posted" | "voided";
        /** @description A code that is in no table. */
        UnmappedCodeOut: {
            source: string;
            code: string;
            text: string;
            waybill_no: string;
            seen_count: number;
            /** Format: date-time */
            first_seen_at: string;
            /** Format: date-time */
            last_seen_at: string;
        };
        ValidationError: {
            loc: (string | number)[];
            msg: string;
            type: string;
            input?: unknown;
            ctx?: Record<string, never>;
        };
        /** @description A vehicle with its driver; a shift that ends at or before its start ends on the next day. */
        VehicleIn: {
            name: string;
            depot_id: string;
            /** @default  */
            driver_name?: string;
            capacity_g: number;
            capacity_cm3: number;
            capacity_parcels: number;
            /** @description cash on board never exceeds this */
            cash_minor_max: number;
            /**
             * @description local time of the depot
             * @default 08:00
             */
            shift_start?: string;
            /**
             * @description local time of the depot
             * @default 18:00
             */
            shift_end?: string;
            fixed_cost: components["schemas"]["MoneyWire"];
            cost_per_km: components["schemas"]["MoneyWire"];
            cost_per_h: components["schemas"]["MoneyWire"];
        };
        /** @description Where a vehicle is by its newest believed fix. */
        VehiclePositionOut: {
            vehicle_id: string;
            lat: number;
            lon: number;
            speed_mps: number | null;
            accuracy_m: number | null;
            /** Format: date-time */
            fixed_at: string;
            /** Format: date-time */
            received_at: string;
        };
        /** @description A rule the plan breaks, and by how much (seconds, metres, units). */
        ViolationOut: {
            code: string;
            text: string;
            amount: number;
            vehicle_id: string | null;
            shipment_id: string | null;
        };
        /**
         * @description How a visit stands or ended.
         * @enum {string}
         */
        VisitState: "open" | "delivered" | "part" | "failed" | "refused" | "handed_over" | "cancelled";
        /** @description Where it would go; without a point only a carrier can be offered. */
        WhereTo: {
            point?: components["schemas"]["PointWire"] | null;
            /** @default  */
            address?: string;
        };
        /** @description A span in which a service may start, both ends included; times carry their offset. */
        WindowWire: {
            /** Format: date-time */
            start: string;
            /** Format: date-time */
            end: string;
        };
        /** @description A zone: its areas, or what lies within a distance of the origin, or (neither given) everywhere. */
        "ZoneWire-Input": {
            name: string;
            /** @default 1000 */
            first_weight_g?: number;
            /** @description major units, as decimal text */
            first_price: number | string;
            /** @default 1000 */
            step_g?: number;
            /**
             * @description major units, as decimal text
             * @default 0
             */
            step_price?: number | string;
            areas?: (components["schemas"]["CircleWire"] | components["schemas"]["BoxWire"])[];
            distance_m_max?: number | null;
            /**
             * @description promised calendar days after the day of collection
             * @default 1
             */
            days?: number;
        };
        /** @description A zone: its areas, or what lies within a distance of the origin, or (neither given) everywhere. */
        "ZoneWire-Output": {
            name: string;
            /** @default 1000 */
            first_weight_g?: number;
            /** @description major units, as decimal text */
            first_price: string;
            /** @default 1000 */
            step_g?: number;
            /**
             * @description major units, as decimal text
             * @default 0
             */
            step_price?: string;
            areas?: (components["schemas"]["CircleWire"] | components["schemas"]["BoxWire"])[];
            distance_m_max?: number | null;
            /**
             * @description promised calendar days after the day of collection
             * @default 1
             */
            days?: number;
        };
        /** @description A person who logs in. */
        logistics__access__edge__schemas__AccountOut: {
            id: string;
            login: string;
            name: string;
            role: components["schemas"]["Role"];
            merchant_id: string;
            site_id: string;
            active: boolean;
            /** Format: date-time */
            created_at: string;
        };
        /** @description A carrier. */
        logistics__carriers__edge__schemas__CarrierOut: {
            /** @example yuantong */
            code: string;
            name: string;
            /**
             * @description where its API is; empty: it has none
             * @default
             */
            base_url?: string;
            /**
             * @default
             * @enum {string}
             */
            adapter?: "" | "pretend";
            /**
             * @default kuaidi100
             * @constant
             */
            push_dialect?: "kuaidi100";
            rate_card: components["schemas"]["RateCardWire-Output"];
            /** @default false */
            collects_cod?: boolean;
            /** @default 17:00 */
            cutoff?: string;
            /** @default Asia/Shanghai */
            time_zone?: string;
            is_active: boolean;
            /** Format: date-time */
            created_at: string;
        };
        /** @description What the carrier's driver takes from the depot: by waybill (all of its parcels) or by label. */
        logistics__carriers__edge__schemas__HandoverIn: {
            /** @example yuantong */
            carrier: string;
            waybill_nos?: string[];
            labels?: string[];
        };
        /** @description An attempt as it was recorded. */
        logistics__delivery__edge__schemas__AttemptOut: {
            id: string;
            run_id: string;
            shipment_id: string;
            outcome: components["schemas"]["Outcome"];
            reason: string;
            to_whom: string;
            parcel_ids: string[];
            proof_kind: components["schemas"]["ProofKind"];
            /** Format: date-time */
            at: string;
            /** Format: date-time */
            received_at: string;
        };
        /** @description A run with all its stops; ``aboard`` lists the labels that are on the vehicle now. */
        logistics__delivery__edge__schemas__RunOut: {
            id: string;
            plan_id: string;
            vehicle_id: string;
            vehicle_name: string;
            driver_name: string;
            depot_id: string;
            /** Format: date */
            on: string;
            state: components["schemas"]["RunState"];
            /** Format: date-time */
            planned_start_at: string;
            /** Format: date-time */
            planned_end_at: string;
            departed_at: string | null;
            finished_at: string | null;
            stops_count: number;
            stops_done: number;
            visits_count: number;
            cash: components["schemas"]["RunCash"];
            stops: components["schemas"]["logistics__delivery__edge__schemas__StopOut"][];
            aboard: string[];
        };
        /** @description One halt: planned, expected and actual side by side; ``expected`` is the window told to who waits. */
        logistics__delivery__edge__schemas__StopOut: {
            no: number;
            kind: components["schemas"]["StopKind"];
            state: components["schemas"]["StopState"];
            point: components["schemas"]["PointWire"];
            address: string;
            site_id: string;
            /** Format: date-time */
            planned_start_at: string;
            /** Format: date-time */
            planned_end_at: string;
            /** Format: date-time */
            expected_start_at: string;
            expected: components["schemas"]["WindowWire"];
            stops_before: number;
            actual_at: string | null;
            visits: components["schemas"]["logistics__delivery__edge__schemas__VisitOut"][];
        };
        /** @description One shipment at a stop. Of the recipient's phone the last four digits are shown. */
        logistics__delivery__edge__schemas__VisitOut: {
            shipment_id: string;
            tracking_no: string;
            recipient_name: string;
            phone_masked: string;
            parcels: components["schemas"]["ParcelWire"][];
            cod_due: components["schemas"]["MoneyWire"] | null;
            state: components["schemas"]["VisitState"];
            note: string;
        };
        /** @description Somebody at the counter: the pickup code, or the shipment and the last four digits of its phone. */
        logistics__pickup__edge__schemas__HandoverIn: {
            code?: string | null;
            shipment_id?: string | null;
            phone_last4?: string | null;
            cash?: components["schemas"]["CashIn"] | null;
            /** @default recipient */
            to_whom?: string;
            /** @description when it happened, if not just now: not in the future, not older than 7 days */
            at?: string | null;
        };
        /** @description A shipment left to a carrier, and why. */
        logistics__routing__edge__schemas__CarrierOut: {
            shipment_id: string;
            tracking_no: string;
            price: components["schemas"]["MoneyWire"];
            carrier: string;
            reason: string;
        };
        /** @description One halt; service starts at ``start_at``, in one of the windows if there are any. */
        logistics__routing__edge__schemas__StopOut: {
            no: number;
            kind: string;
            point: components["schemas"]["PointWire"];
            address: string;
            /** Format: date-time */
            arrive_at: string;
            /** Format: date-time */
            start_at: string;
            /** Format: date-time */
            depart_at: string;
            wait_s: number;
            service_s: number;
            windows: components["schemas"]["WindowWire"][];
            site_id: string | null;
            visits: components["schemas"]["logistics__routing__edge__schemas__VisitOut"][];
        };
        /** @description A vehicle in service. */
        logistics__routing__edge__schemas__VehicleOut: {
            name: string;
            depot_id: string;
            /** @default  */
            driver_name?: string;
            capacity_g: number;
            capacity_cm3: number;
            capacity_parcels: number;
            /** @description cash on board never exceeds this */
            cash_minor_max: number;
            /**
             * @description local time of the depot
             * @default 08:00
             */
            shift_start?: string;
            /**
             * @description local time of the depot
             * @default 18:00
             */
            shift_end?: string;
            fixed_cost: components["schemas"]["MoneyWire"];
            cost_per_km: components["schemas"]["MoneyWire"];
            cost_per_h: components["schemas"]["MoneyWire"];
            id: string;
            /** Format: date-time */
            created_at: string;
        };
        /** @description One shipment at a stop. */
        logistics__routing__edge__schemas__VisitOut: {
            shipment_id: string;
            tracking_no: string;
            recipient_name: string;
            cod_due: components["schemas"]["MoneyWire"] | null;
            parcels_count: number;
        };
        /** @description An account and what is in it: debit positive, credit negative. */
        logistics__settlement__edge__schemas__AccountOut: {
            /** @example custody:driver:veh_1 */
            account: string;
            currency: string;
            balance_minor: number;
        };
        /**
         * @description Where a merchant's COD money is.
         *
         *     ``accepted`` is what buyers were asked for; ``accepted`` + ``overpaid`` = ``due`` + ``in_custody`` + ``banked`` +
         *     ``remitted`` + ``fees`` + ``void``, to the last minor unit. ``taken`` is what was paid of it.
         */
        logistics__settlement__edge__schemas__CodOut: {
            accepted: components["schemas"]["MoneyWire"];
            due: components["schemas"]["MoneyWire"];
            taken: components["schemas"]["MoneyWire"];
            in_custody: components["schemas"]["HolderOut"][];
            banked: components["schemas"]["MoneyWire"];
            remitted: components["schemas"]["MoneyWire"];
            /** @description COD charges kept back of what was taken */
            fees: components["schemas"]["MoneyWire"];
            /** @description was due and will not be taken: refused, returned, cancelled */
            void: components["schemas"]["MoneyWire"];
            /** @description taken beyond what was due; belongs to the buyers */
            overpaid: components["schemas"]["MoneyWire"];
        };
        /** @description One charge: `text` says how `exact` comes about, `amount` is `exact` rounded once, by the contract's rule. */
        logistics__settlement__edge__schemas__LineOut: {
            shipment_id: string;
            kind: components["schemas"]["ChargeKind"];
            text: string;
            quantity: string;
            /** @description major units, exactly: a decimal number, or a fraction such as 1/3 */
            exact: string;
            amount: components["schemas"]["MoneyWire"];
            /** @description the happenings it follows from: GET /v1/statements/events */
            event_seqs: number[];
        };
        /** @description What a run passed on, and what it could not. */
        logistics__settlement__edge__schemas__RunOut: {
            remittances: components["schemas"]["RemittanceOut"][];
            late: components["schemas"]["LateOut"][];
        };
        /** @description The money due at handover. */
        logistics__tracking__edge__schemas__CodOut: {
            due: components["schemas"]["MoneyWire"];
            paid: boolean;
        };
        /** @description One line of the story: `key` names the sentence, `params` fill it; `status` only where the event has one. */
        logistics__tracking__edge__schemas__LineOut: {
            seq: number;
            /** Format: date-time */
            at: string;
            status: string | null;
            key: string;
            place: string | null;
            params: {
                [key: string]: unknown;
            };
        };
        /** @description Where the van is: to about 100 m, until ours is the next stop. */
        logistics__tracking__edge__schemas__VehicleOut: {
            lat: number;
            lon: number;
            /** Format: date-time */
            as_of: string;
        };
        /** @description One try: `status` is the answer's, 0 if there was none, and `error` says why. */
        logistics__webhooks__edge__schemas__AttemptOut: {
            /** Format: date-time */
            at: string;
            status: number;
            ms: number;
            error: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
