// Made from docs/api/openapi.json by `npm run types`. Not to be edited.

export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description A person who is to log in. */
        AccountIn: {
            login: string;
            /** @default  */
            merchant_id?: string;
            name: string;
            /** @description 10 characters or more */
            password: string;
            /** @enum {string} */
            role: "operator" | "dispatcher" | "depot" | "clerk" | "merchant";
            /** @default  */
            site_id?: string;
        };
        /**
         * @description What an account says; its name goes on with the holder: ``custody:driver:veh_1``.
         * @enum {string}
         */
        AccountKind: "cod_due" | "claim" | "cod_void" | "custody" | "bank" | "payable" | "overpaid" | "shortage" | "surplus" | "receivable" | "revenue";
        /** @description A circle of streets the driver knows. */
        AreaWire: {
            point: components["schemas"]["PointWire"];
            radius_m: number;
        };
        /** @description Parcels scanned as they come in, and where they are put. */
        ArrivalsIn: {
            /** @description when it happened, if not just now: not in the future, not older than 7 days */
            at?: string | null;
            labels: string[];
            /** @default  */
            shelf?: string;
        };
        /** @description Labels stored, shipments that became ready with them, and what does not belong here. */
        ArrivalsOut: {
            findings: components["schemas"]["FindingWire"][];
            ready: string[];
            stored: string[];
        };
        /** @description When it happened, if not just now. */
        AtIn: {
            /** @description when it happened, if not just now: not in the future, not older than 7 days */
            at?: string | null;
        };
        /** @description What happened at a visit. ``parcel_ids``: for a part delivery, what was handed over. */
        AttemptIn: {
            /** @description when it happened, if not just now: not in the future, not older than 7 days */
            at?: string | null;
            cash?: components["schemas"]["CashIn"] | null;
            outcome: components["schemas"]["Outcome"];
            parcel_ids?: string[];
            /**
             * @default {
             *       "kind": "none"
             *     }
             */
            proof?: components["schemas"]["ProofIn"];
            reason?: string | null;
            shipment_id: string;
            /**
             * @description `neighbour` needs the recipient's consent
             * @default
             */
            to_whom?: string;
        };
        /** @description One change: who, when, what was asked for. */
        AuditOut: {
            action: string;
            /** Format: date-time */
            at: string;
            id: string;
            name: string;
            principal_id: string;
            role: string;
        };
        /** @description Cash that a depot paid into the bank. */
        BankingIn: {
            amount: components["schemas"]["MoneyWire"];
        };
        /** @description What was paid in, and what the depot still has. */
        BankingOut: {
            amount: components["schemas"]["MoneyWire"];
            id: string;
            left: components["schemas"]["MoneyWire"];
        };
        /**
         * @description Where the figures of a quote come from.
         * @enum {string}
         */
        Basis: "starting" | "pooled" | "own";
        /** @description Several shipments at once; each is taken or refused by itself. */
        BatchIn: {
            shipments: components["schemas"]["ShipmentIn"][];
        };
        /** @description What became of every row, in the order they came. */
        BatchOut: {
            created: number;
            dry_run: boolean;
            duplicates: number;
            /** @description about the file as a whole */
            findings?: components["schemas"]["FieldProblem"][];
            rejected: number;
            results: components["schemas"]["RowResult"][];
        };
        Body_import_file_v1_shipments_import_post: {
            file: string;
        };
        /** @description All places between two parallels and two meridians. */
        BoxWire: {
            east: number;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "box";
            north: number;
            south: number;
            west: number;
        };
        /** @description A rest that begins between two times of day; it is due only if the vehicle is still out at the later one. */
        BreakWire: {
            duration_s: number;
            /** @description local time of the depot */
            earliest: string;
            /** @description local time of the depot */
            latest: string;
        };
        /** @description A promise that would not be kept; `already`: nor was it going to be, as the day stood. */
        BrokenPromiseOut: {
            already: boolean;
            promise: components["schemas"]["WindowWire"];
            recipient_name: string;
            shipment_id: string;
            start_at: string | null;
            tracking_no: string;
        };
        /**
         * @description What plans taught about the cost of a stop; ``depot_id`` empty: the plans of all depots together.
         *
         *     ``basis`` says what quotes go by now. Of 100 stops ``percent`` cost ``low`` to ``high`` times what was quoted.
         *     ``mean_cost``: what a stop costs on average with its share of all that the stops of a plan have in common.
         */
        CalibrationOut: {
            basis: components["schemas"]["Basis"];
            currency: string;
            depot_id: string;
            error: components["schemas"]["QuoteErrorOut"] | null;
            high: number | null;
            /** Format: date-time */
            learned_at: string;
            low: number | null;
            mean_cost: components["schemas"]["MoneyWire"] | null;
            percent: number;
            plans_count: number;
            prices: components["schemas"]["PriceOut"][];
            stops_count: number;
            text: string;
        };
        /** @description All that was learned; nothing while no plan was released yet. */
        CalibrationsOut: {
            items: components["schemas"]["CalibrationOut"][];
        };
        /** @description Why it is called off. */
        CancelIn: {
            reason: string;
        };
        /** @description A shipment was called off. */
        CancelledData: {
            reason: string;
            shipment_id: string;
        };
        /** @description A carrier to be entered. ``secret`` is ours with it, and the salt of its pushes' signatures. */
        CarrierIn: {
            /**
             * @default
             * @enum {string}
             */
            adapter?: "" | "pretend";
            /**
             * @description where its API is; empty: it has none
             * @default
             */
            base_url?: string;
            callback_secret?: string | null;
            /** @example yuantong */
            code: string;
            /** @default false */
            collects_cod?: boolean;
            /** @default 17:00 */
            cutoff?: string;
            name: string;
            /**
             * @default kuaidi100
             * @constant
             */
            push_dialect?: "kuaidi100";
            rate_card: components["schemas"]["RateCardWire-Input"];
            secret: string;
            /** @default Asia/Shanghai */
            time_zone?: string;
        };
        /** @description Money taken at the handover; it has to be exactly what is due. */
        CashIn: {
            amount: components["schemas"]["MoneyWire"];
            /** @default cash */
            means?: components["schemas"]["Means"];
        };
        /**
         * @description How a task differs, the most telling first.
         * @enum {string}
         */
        Change: "added" | "gone" | "planned" | "left_out" | "to_carrier" | "from_carrier" | "vehicle" | "way" | "time";
        /** @description What becomes of a shipment; `moved`: another run brings it, or none any more. */
        ChangeOut: {
            after: components["schemas"]["SpotOut"] | null;
            before: components["schemas"]["SpotOut"] | null;
            moved: boolean;
            recipient_name: string;
            shift_min: number;
            shipment_id: string;
            tracking_no: string;
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
            /** @default  */
            carrier?: string;
            mode: components["schemas"]["Mode"];
            /** @default  */
            site_id?: string;
        };
        /** @description What was chosen and why; ``mode`` is empty where nothing was feasible. */
        ChoiceOut: {
            carrier: string;
            /** Format: date-time */
            made_at: string;
            made_by: string;
            mode: string;
            offers: components["schemas"]["OfferWire"][];
            price: components["schemas"]["MoneyWire"];
            promise: components["schemas"]["WindowWire"] | null;
            reasons: string[];
            shipment_id: string;
            site_id: string;
        };
        /** @description All places within so many metres of a centre. */
        CircleWire: {
            centre: components["schemas"]["PointWire"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "circle";
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
            simulated: boolean;
            speed: number;
        };
        /** @description COD money a carrier passed on to us, waybill by waybill. */
        CodRemittanceIn: {
            lines: components["schemas"]["RemittedLineIn"][];
        };
        /** @description How many lines were taken, and what did not fit what we expected. */
        CodRemittanceOut: {
            findings: components["schemas"]["FindingOut"][];
            taken_count: number;
        };
        /** @description COD money was passed on; `fees` were kept back of what was taken. */
        CodRemittedData: {
            amount: components["schemas"]["MoneyWire"];
            fees: components["schemas"]["MoneyWire"];
            remittance_id: string;
            shipment_count: number;
        };
        /** @description Money was taken at the handover, by a `driver`, a `till` or a `carrier`. */
        CodTakenData: {
            amount: components["schemas"]["MoneyWire"];
            means: string;
            receipt_id: string;
            shipment_id: string;
            taken_by: string;
        };
        /** @description The plan against another one, or against an earlier step of its own: what it costs more, and what differs. */
        ComparisonOut: {
            cost: components["schemas"]["MoneyWire"] | null;
            difference: components["schemas"]["MoneyWire"] | null;
            differences: components["schemas"]["DifferenceOut"][];
            left_out_more: number;
            other_cost: components["schemas"]["MoneyWire"] | null;
            routes: components["schemas"]["RouteDifferenceOut"][];
        };
        /** @description What a page needs to know before it starts. */
        Config: {
            /** @description the clock here is a simulated one */
            demo: boolean;
            locales: string[];
            /** @description a style instead of the pages' own */
            map_style_url: string | null;
            /** Format: date-time */
            now: string;
            product_name: string;
            /** @description where a plan's travel times can come from here */
            travels: string[];
            ws_url: string;
        };
        /** @description The recipient's word on leaving a parcel at a store, locker or neighbour. */
        ConsentIn: {
            /**
             * @description where it was given
             * @default checkout
             */
            channel?: string;
            /** @default true */
            granted?: boolean;
            kind: components["schemas"]["ConsentKind"];
        };
        /**
         * @description What needs the recipient's permission before a parcel may be left there.
         * @enum {string}
         */
        ConsentKind: "store" | "locker" | "neighbour";
        /** @description A permission as it was recorded. */
        ConsentOut: {
            /**
             * @description where it was given
             * @default checkout
             */
            channel?: string;
            /** @default true */
            granted?: boolean;
            kind: components["schemas"]["ConsentKind"];
            /** Format: date-time */
            recorded_at: string;
        };
        /** @description What one carrier gets from us under one waybill. */
        ConsignmentOut: {
            booked_at: string | null;
            carrier: string;
            closed_at: string | null;
            cod_collected: components["schemas"]["MoneyWire"];
            cod_due: components["schemas"]["MoneyWire"];
            cod_remitted: components["schemas"]["MoneyWire"];
            /** Format: date-time */
            created_at: string;
            expected_cost: components["schemas"]["MoneyWire"];
            handed_over_at: string | null;
            id: string;
            last_event_at: string | null;
            last_status: string;
            shipment_id: string;
            state: string;
            trouble: string;
            waybill_no: string | null;
        };
        /**
         * @description Where a consignment stands.
         * @enum {string}
         */
        ConsignmentState: "booking" | "booked" | "handed_over" | "closed" | "cancelling" | "cancelled" | "failed";
        /** @description A merchant's terms; see docs/formulas for how charges follow from them. */
        "ContractWire-Input": {
            /** @default 1 */
            cod_cycle_days?: number;
            /**
             * @description major units, as decimal text
             * @default 0
             */
            cod_min?: number | string;
            /**
             * @description a share: 0.06 is six per cent
             * @default 0
             */
            cod_share?: number | string;
            /**
             * @description a share: 0.06 is six per cent
             * @default 0
             */
            commission_share?: number | string;
            /** @default CNY */
            currency?: string;
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
            delivery_per_order?: number | string;
            /**
             * @default [
             *       "own_fleet",
             *       "pickup",
             *       "carrier"
             *     ]
             */
            modes?: ("own_fleet" | "pickup" | "carrier")[];
            /** @default  */
            notes?: string;
            /**
             * @description major units, as decimal text
             * @default 0
             */
            return_per_order?: number | string;
            /** @default half_even */
            rounding?: components["schemas"]["Rounding"];
            /**
             * @description major units, as decimal text
             * @default 0
             */
            storage_per_m3_month?: number | string;
        };
        /** @description A merchant's terms; see docs/formulas for how charges follow from them. */
        "ContractWire-Output": {
            /** @default 1 */
            cod_cycle_days?: number;
            /**
             * @description major units, as decimal text
             * @default 0
             */
            cod_min?: string;
            /**
             * @description a share: 0.06 is six per cent
             * @default 0
             */
            cod_share?: string;
            /**
             * @description a share: 0.06 is six per cent
             * @default 0
             */
            commission_share?: string;
            /** @default CNY */
            currency?: string;
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
            delivery_per_order?: string;
            /**
             * @default [
             *       "own_fleet",
             *       "pickup",
             *       "carrier"
             *     ]
             */
            modes?: ("own_fleet" | "pickup" | "carrier")[];
            /** @default  */
            notes?: string;
            /**
             * @description major units, as decimal text
             * @default 0
             */
            return_per_order?: string;
            /** @default half_even */
            rounding?: components["schemas"]["Rounding"];
            /**
             * @description major units, as decimal text
             * @default 0
             */
            storage_per_m3_month?: string;
        };
        /** @description How many are on their way again. */
        CountOut: {
            count: number;
        };
        /** @description A shipment was taken on. */
        CreatedData: {
            cod_due: components["schemas"]["MoneyWire"] | null;
            order_ref: string;
            shipment_id: string;
            tracking_no: string;
        };
        /** @description A message on its way to one endpoint; `next_at` is when it is tried again. */
        DeliveryOut: {
            attempts: components["schemas"]["logistics__webhooks__edge__schemas__AttemptOut"][];
            endpoint_id: string;
            next_at: string | null;
            state: components["schemas"]["DeliveryState"];
        };
        /**
         * @description Where a message stands with one endpoint.
         * @enum {string}
         */
        DeliveryState: "pending" | "delivered" | "gave_up";
        /** @description The device's token, shown this once. */
        DeviceOut: {
            name: string;
            role: components["schemas"]["Role"];
            site_id: string;
            token: string;
            vehicle_id: string;
        };
        /** @description A shipment with which two plans do different things; ``later_s``: how much later it is served. */
        DifferenceOut: {
            after: components["schemas"]["WhereOut"] | null;
            before: components["schemas"]["WhereOut"] | null;
            change: components["schemas"]["Change"];
            later_s: number;
            recipient_name: string;
            shipment_id: string;
            tracking_no: string;
        };
        /** @description A rest after so much driving. Without figures it is the European rule: 45 minutes after 4.5 hours. */
        DriveRestWire: {
            /** @default 16200 */
            drive_s_max?: number;
            /** @default 2700 */
            duration_s?: number;
        };
        /** @description Where to tell a merchant's systems; `types` empty: everything. */
        EndpointIn: {
            /** @default  */
            description?: string;
            /**
             * @default []
             * @example [
             *       "shipment.status_changed"
             *     ]
             */
            types?: string[];
            /** @example https://shop.example/hooks/logistics */
            url: string;
        };
        /** @description An endpoint without its secret; `failing_since`: nothing but failures since then. */
        EndpointOut: {
            /** Format: date-time */
            created_at: string;
            description: string;
            disabled_at: string | null;
            disabled_reason: string;
            failing_since: string | null;
            id: string;
            merchant_id: string;
            types: string[];
            url: string;
        };
        /** @description When we expect to be there. */
        EtaData: {
            /** Format: date-time */
            end: string;
            /** Format: date-time */
            start: string;
        };
        /** @description When we expect to be there, as of when, and why it left the promise: `earlier_stops`, `ahead`, or empty. */
        EtaOut: {
            /** Format: date-time */
            as_of: string;
            /** Format: date-time */
            end: string;
            /** @default  */
            moved_reason?: string;
            /** Format: date-time */
            start: string;
        };
        /** @description An event of the log, with its source, as the merchant and the house see it; it never changes. */
        EventOut: {
            id: string;
            kind: string;
            /** Format: date-time */
            occurred_at: string;
            params: {
                [key: string]: unknown;
            };
            place: string;
            reason: string;
            /** Format: date-time */
            received_at: string;
            /** @description dense per shipment, from 1 */
            seq: number;
            shipment_id: string;
            source: string;
            /** @description a public word, an overlay, `unknown`, or empty: moves nothing */
            status: string;
            supersedes: string;
        };
        /** @description A part of the feed; `next_cursor` is always there: ask again with it, now or tomorrow, and miss nothing. */
        EventsOut: {
            items: components["schemas"]["FeedEventOut"][];
            next_cursor: string;
        };
        /**
         * @description How sure an estimated cost is.
         *
         *     ``low`` to ``high`` held what most such stops cost in past plans (80 in 100); both are missing while the starting
         *     values hold. ``basis``: ``own`` plans of the depot, ``pooled`` plans of all depots, ``starting`` values.
         */
        ExpectedWire: {
            basis: components["schemas"]["Basis"];
            high?: components["schemas"]["MoneyWire"] | null;
            low?: components["schemas"]["MoneyWire"] | null;
            text: string;
        };
        /** @description How many shipments were turned back because nobody came in time. */
        ExpiredOut: {
            expired: number;
        };
        /** @description An event at its position in the feed. */
        FeedEventOut: {
            id: string;
            kind: string;
            /** Format: date-time */
            occurred_at: string;
            params: {
                [key: string]: unknown;
            };
            place: string;
            position: number;
            reason: string;
            /** Format: date-time */
            received_at: string;
            /** @description dense per shipment, from 1 */
            seq: number;
            shipment_id: string;
            source: string;
            /** @description a public word, an overlay, `unknown`, or empty: moves nothing */
            status: string;
            supersedes: string;
        };
        /** @description Where the story goes on live: WebSocket (add `token`, `since`, `epoch`), or server-sent events. */
        FeedOut: {
            sse_url: string | null;
            ws_url: string | null;
        };
        /** @description One field that is wrong: which, what is wrong with it, what would be right. */
        FieldProblem: {
            /** @default  */
            code?: string;
            /** @default  */
            expected?: string;
            /** @description what the sentence names and counts, to say it in another language */
            facts?: {
                [key: string]: string | number;
            };
            field: string;
            message: string;
        };
        /** @description What was noticed: where, a stable code, a sentence, what would be right. */
        FindingOut: {
            code: string;
            /** @default  */
            expected?: string;
            message: string;
            where: string;
        };
        /** @description One thing noticed while the rest was done: where (a label, a row), a stable code, what would be right. */
        FindingWire: {
            code: string;
            /** @default  */
            expected?: string;
            message: string;
            where: string;
        };
        /** @description What a depot's fleet does: how far, how much, when, at what cost; and which stores it serves. */
        FleetTermsIn: {
            /**
             * Format: time
             * @default 20:00:00
             */
            day_ends?: string;
            /**
             * Format: time
             * @default 08:00:00
             */
            day_starts?: string;
            /**
             * @default {
             *       "detour": 1.3,
             *       "k": 0.7,
             *       "km_cost": 2,
             *       "stop_cost": 3,
             *       "stops_per_km2": 2,
             *       "stops_per_route": 40
             *     }
             */
            insertion?: components["schemas"]["InsertionWire"];
            /** @default 6 */
            parcels_per_store?: number;
            /** @default 60000 */
            radius_m_max?: number;
            /** @default 3000 */
            reach_m_max?: number;
            /** @default 0.8 */
            store_parcel_cost?: number | string;
            /** @default 20000 */
            store_parcel_g_max?: number;
            /** @default 5 */
            stores_max?: number;
            /** @default 3000000 */
            volume_cm3_max?: number;
            /** @default 500000 */
            weight_g_max?: number;
        };
        /** @description The same, and whose they are: a depot's own, or (empty) everybody's. */
        FleetTermsOut: {
            /**
             * Format: time
             * @default 20:00:00
             */
            day_ends?: string;
            /**
             * Format: time
             * @default 08:00:00
             */
            day_starts?: string;
            depot_id: string;
            /**
             * @default {
             *       "detour": 1.3,
             *       "k": 0.7,
             *       "km_cost": 2,
             *       "stop_cost": 3,
             *       "stops_per_km2": 2,
             *       "stops_per_route": 40
             *     }
             */
            insertion?: components["schemas"]["InsertionWire"];
            /** @default 6 */
            parcels_per_store?: number;
            /** @default 60000 */
            radius_m_max?: number;
            /** @default 3000 */
            reach_m_max?: number;
            /** @default 0.8 */
            store_parcel_cost?: string;
            /** @default 20000 */
            store_parcel_g_max?: number;
            /** @default 5 */
            stores_max?: number;
            /** @default 3000000 */
            volume_cm3_max?: number;
            /** @default 500000 */
            weight_g_max?: number;
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
            amount: components["schemas"]["MoneyWire"];
            difference: components["schemas"]["MoneyWire"];
            expected: components["schemas"]["MoneyWire"];
        };
        /** @description What changed hands: waybills that left with this handover, and what was wrong with the rest. */
        HandoverOut: {
            findings: components["schemas"]["FindingOut"][];
            handed_over: string[];
        };
        /** @description What happened. `insert`, `window`, `cancel` and `refuse` name a shipment; `vehicle_lost` and `delay` a run. */
        HappenedWire: {
            kind: components["schemas"]["Kind"];
            /**
             * @description how much later; for `delay`, where 0 takes one back that was told before
             * @default 0
             */
            minutes?: number;
            /** @default  */
            run_id?: string;
            /** @default  */
            shipment_id?: string;
            window?: components["schemas"]["WindowWire"] | null;
        };
        /**
         * @description What may cost the merchant something.
         * @enum {string}
         */
        HappeningKind: "delivered" | "returned" | "cod_taken" | "stored";
        /** @description Something that may cost something, by which every line can be recomputed. */
        HappeningOut: {
            /** Format: date-time */
            booked_at: string;
            kind: components["schemas"]["HappeningKind"];
            parcels_count: number;
            price: components["schemas"]["MoneyWire"] | null;
            seq: number;
            shipment_id: string;
            stored: components["schemas"]["StoredIn"][];
            taken: components["schemas"]["MoneyWire"] | null;
            /** @description the version of the contract it happened under */
            terms: number;
            weight_g: number;
        };
        /** @description The process answers. */
        Health: {
            /** @default ok */
            status?: string;
        };
        /** @description Money in somebody's hands. */
        HolderOut: {
            amount: components["schemas"]["MoneyWire"];
            /**
             * @example driver:veh_1
             * @example depot:sit_1
             * @example carrier:pretend
             * @example acquirer:card
             */
            holder: string;
        };
        /** @description Where a new shipment goes, what it costs more than without it, and the window its recipient would be told. */
        InsertedOut: {
            /** Format: date-time */
            end_at: string;
            position: number;
            price: components["schemas"]["MoneyWire"];
            promise: components["schemas"]["WindowWire"];
            run_id: string;
            shipment_id: string;
            /** Format: date-time */
            start_at: string;
            tracking_no: string;
            vehicle_id: string;
            vehicle_name: string;
        };
        /** @description What one more stop costs until plans have taught it; docs/formulas/insertion.md has the formula. */
        InsertionWire: {
            /** @default 1.3 */
            detour?: number;
            /** @default 0.7 */
            k?: number;
            /**
             * @description major units
             * @default 2
             */
            km_cost?: number;
            /**
             * @description major units
             * @default 3
             */
            stop_cost?: number;
            /** @default 2 */
            stops_per_km2?: number;
            /** @default 40 */
            stops_per_route?: number;
        };
        /** @description A name by which the merchant will know the key. */
        KeyIn: {
            name: string;
        };
        /** @description An API key without its secret. */
        KeyOut: {
            /** Format: date-time */
            created_at: string;
            hint: string;
            id: string;
            name: string;
            revoked_at: string | null;
        };
        /**
         * @description What happened.
         * @enum {string}
         */
        Kind: "insert" | "vehicle_lost" | "window" | "cancel" | "refuse" | "delay";
        /** @description Labels that were scanned. */
        LabelsIn: {
            /** @description when it happened, if not just now: not in the future, not older than 7 days */
            at?: string | null;
            labels: string[];
        };
        /** @description Money that is due to a merchant and has not reached our bank yet. */
        LateOut: {
            amount: components["schemas"]["MoneyWire"];
            merchant_id: string;
            shipment_id: string;
            /** Format: date-time */
            taken_at: string;
        };
        /** @description Parcels that were not collected, as the depot fetches them. */
        LeavingIn: {
            /** @description when it happened, if not just now: not in the future, not older than 7 days */
            at?: string | null;
            labels: string[];
        };
        /** @description Labels that left, and what may not leave. */
        LeavingOut: {
            findings: components["schemas"]["FindingWire"][];
            left: string[];
        };
        /**
         * @description A shipment nobody carries, why, and what would help, the cheapest first.
         *
         *     ``group``: the shipments that go only together, if there are several.
         */
        LeftOutOut: {
            group?: string[];
            point: components["schemas"]["PointWire"] | null;
            reason: components["schemas"]["ReasonOut"];
            recipient_name: string;
            repair: components["schemas"]["RepairOut"] | null;
            repairs?: components["schemas"]["RepairOut"][];
            shipment_id: string;
            tracking_no: string;
        };
        /** @description One account's side of a transfer. */
        LegOut: {
            account: string;
            amount: components["schemas"]["MoneyWire"];
            merchant_id: string;
            shipment_id: string;
        };
        /**
         * @description Of the shipments own vehicles do, at least ``percent`` get the recipient's choice ``preference_max`` or better.
         *
         *     0 is the recipient's first choice: the door, or the store that was wished for.
         */
        LevelWire: {
            percent: number;
            /** @default 0 */
            preference_max?: number;
        };
        /** @description A public link to the shipment's page. */
        LinkOut: {
            tracking_url: string;
        };
        /**
         * @description Where a vehicle comes back to load once more: right before what is put in, or right after it.
         *
         *     The trip is cut there: with "a b" and x put in before b, "a | x b" or "a x | b".
         * @enum {string}
         */
        Load: "before" | "after";
        /** @description The most that is on board at any time. */
        LoadOut: {
            cash_minor: number;
            cm3: number;
            g: number;
            parcels: number;
        };
        /** @description How loading stands: labels on board, labels still missing, and what is wrong with the scan. */
        LoadingOut: {
            findings: components["schemas"]["FindingWire"][];
            loaded: string[];
            missing: string[];
        };
        /** @description A shipment bound to a vehicle, whatever is searched for later; no vehicle: bound to none any more. */
        Lock: {
            shipment_id: string;
            vehicle_id: string | null;
        };
        /** @description What a person types. */
        LogIn: {
            login: string;
            password: string;
        };
        /** @description A tracking number; with the last four digits of the recipient's phone more is shown. */
        LookupIn: {
            /** @default  */
            phone_last4?: string;
            tracking_no: string;
        };
        /** @description Who is asking. */
        Me: {
            merchant_id: string;
            name: string;
            role: components["schemas"]["Role"];
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
            /**
             * @default {
             *       "cod_cycle_days": 1,
             *       "cod_min": "0",
             *       "cod_share": "0",
             *       "commission_share": "0",
             *       "currency": "CNY",
             *       "delivery_per_item": "0",
             *       "delivery_per_kg": "0",
             *       "delivery_per_order": "0",
             *       "modes": [
             *         "own_fleet",
             *         "pickup",
             *         "carrier"
             *       ],
             *       "notes": "",
             *       "return_per_order": "0",
             *       "rounding": "half_even",
             *       "storage_per_m3_month": "0"
             *     }
             */
            contract?: components["schemas"]["ContractWire-Input"];
            /** @default zh-CN */
            locale?: string;
            name: string;
            /** @default Asia/Shanghai */
            time_zone?: string;
        };
        /** @description A merchant we work for; ``version`` is the contract's, and its ETag. */
        MerchantOut: {
            /**
             * @default {
             *       "cod_cycle_days": 1,
             *       "cod_min": "0",
             *       "cod_share": "0",
             *       "commission_share": "0",
             *       "currency": "CNY",
             *       "delivery_per_item": "0",
             *       "delivery_per_kg": "0",
             *       "delivery_per_order": "0",
             *       "modes": [
             *         "own_fleet",
             *         "pickup",
             *         "carrier"
             *       ],
             *       "notes": "",
             *       "return_per_order": "0",
             *       "rounding": "half_even",
             *       "storage_per_m3_month": "0"
             *     }
             */
            contract?: components["schemas"]["ContractWire-Output"];
            /** Format: date-time */
            created_at: string;
            id: string;
            /** @default zh-CN */
            locale?: string;
            name: string;
            /** @default Asia/Shanghai */
            time_zone?: string;
            version: number;
        };
        /** @description A message as it is sent, and how it fared. */
        MessageOut: {
            body: string;
            /** Format: date-time */
            created_at: string;
            deliveries: components["schemas"]["DeliveryOut"][];
            id: string;
            shipment_id: string;
            type: string;
        };
        Message_CancelledData_: {
            data: components["schemas"]["CancelledData"];
            /** Format: date-time */
            timestamp: string;
            type: string;
        };
        Message_CodRemittedData_: {
            data: components["schemas"]["CodRemittedData"];
            /** Format: date-time */
            timestamp: string;
            type: string;
        };
        Message_CodTakenData_: {
            data: components["schemas"]["CodTakenData"];
            /** Format: date-time */
            timestamp: string;
            type: string;
        };
        Message_CreatedData_: {
            data: components["schemas"]["CreatedData"];
            /** Format: date-time */
            timestamp: string;
            type: string;
        };
        Message_ModeChosenData_: {
            data: components["schemas"]["ModeChosenData"];
            /** Format: date-time */
            timestamp: string;
            type: string;
        };
        Message_StatementReadyData_: {
            data: components["schemas"]["StatementReadyData"];
            /** Format: date-time */
            timestamp: string;
            type: string;
        };
        Message_StatusChangedData_: {
            data: components["schemas"]["StatusChangedData"];
            /** Format: date-time */
            timestamp: string;
            type: string;
        };
        Message_TestData_: {
            data: components["schemas"]["TestData"];
            /** Format: date-time */
            timestamp: string;
            type: string;
        };
        /**
         * @description How the recipient gets it.
         * @enum {string}
         */
        Mode: "own_fleet" | "pickup" | "carrier";
        /** @description How it will travel, and why not otherwise. */
        ModeChosenData: {
            carrier: string;
            mode: string;
            price: components["schemas"]["MoneyWire"];
            reasons: string[];
            shipment_id: string;
            site_id: string;
        };
        /** @description An amount in minor units of a currency: 1250 CNY is twelve yuan and fifty fen. */
        MoneyWire: {
            amount_minor: number;
            /** @example CNY */
            currency: string;
        };
        /**
         * @description A shipment put on a vehicle by hand, before its visit at ``position`` (0 first); no vehicle: taken off.
         *
         *     With ``trip`` (0 first) the position is one of that trip; the one after the last is a trip more. ``load`` cuts the
         *     trip in two: the vehicle loads once more right before the shipment, or right after it. ``kind`` and ``site_id``
         *     choose the way; without them it stays as it is, or is the first one.
         */
        Move: {
            kind?: ("door" | "service_point") | null;
            load?: components["schemas"]["Load"] | null;
            /** @default 0 */
            position?: number;
            shipment_id: string;
            /** @default  */
            site_id?: string;
            trip?: number | null;
            vehicle_id: string | null;
        };
        /** @description Changes by hand, done in order; then locks. */
        MovesIn: {
            locks?: components["schemas"]["Lock"][];
            moves?: components["schemas"]["Move"][];
        };
        /** @description A carrier just entered; ``callback_secret``, the hidden part of its callback address, is shown this once. */
        NewCarrierOut: {
            /**
             * @default
             * @enum {string}
             */
            adapter?: "" | "pretend";
            /**
             * @description where its API is; empty: it has none
             * @default
             */
            base_url?: string;
            callback_path: string;
            callback_secret: string;
            /** @example yuantong */
            code: string;
            /** @default false */
            collects_cod?: boolean;
            /** Format: date-time */
            created_at: string;
            /** @default 17:00 */
            cutoff?: string;
            is_active: boolean;
            name: string;
            /**
             * @default kuaidi100
             * @constant
             */
            push_dialect?: "kuaidi100";
            rate_card: components["schemas"]["RateCardWire-Output"];
            /** @default Asia/Shanghai */
            time_zone?: string;
        };
        /** @description An endpoint with its secret: shown this once. */
        NewEndpointOut: {
            /** Format: date-time */
            created_at: string;
            description: string;
            disabled_at: string | null;
            disabled_reason: string;
            failing_since: string | null;
            id: string;
            merchant_id: string;
            /** @example whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw */
            secret: string;
            types: string[];
            url: string;
        };
        /** @description An API key with its secret: shown this once. */
        NewKeyOut: {
            /** Format: date-time */
            created_at: string;
            hint: string;
            id: string;
            name: string;
            revoked_at: string | null;
            secret: string;
        };
        /**
         * @description One thing noticed while it was planned, with its figure if it has one.
         *
         *     ``name``: a store, a carrier, a skill, some hours, the side of a missed window (``early`` or ``late``).
         */
        NoticedOut: {
            /** @default 0 */
            amount?: number;
            code: string;
            /** @default  */
            expected?: string;
            message: string;
            /** @default  */
            name?: string;
            /**
             * @description what `amount` counts; `minor`: of the plan's currency; empty: there is nothing to count
             * @default
             * @enum {string}
             */
            unit?: "" | "s" | "m" | "g" | "cm3" | "parcels" | "minor" | "count";
            where: string;
        };
        /**
         * @description One way to do it. Amounts and promise are missing only where it is not feasible.
         *
         *     ``difference`` is how much more it comes to than the one chosen, cost and risk together; negative: it would have
         *     been cheaper. ``expected`` says how sure the cost is; it is missing where the cost is agreed, as with a carrier.
         */
        OfferWire: {
            /** @default  */
            carrier?: string;
            /** @default false */
            chosen?: boolean;
            conditions?: string[];
            cost?: components["schemas"]["MoneyWire"] | null;
            difference?: components["schemas"]["MoneyWire"] | null;
            expected?: components["schemas"]["ExpectedWire"] | null;
            feasible: boolean;
            mode: components["schemas"]["Mode"];
            name: string;
            price?: components["schemas"]["MoneyWire"] | null;
            promise?: components["schemas"]["WindowWire"] | null;
            reasons?: components["schemas"]["ReasonWire"][];
            risk?: components["schemas"]["MoneyWire"] | null;
            /** @default  */
            site_id?: string;
        };
        /** @description Open on these weekdays from ``opens`` until ``closes``, local time; past midnight if closes <= opens. */
        OpeningWire: {
            /** Format: time */
            closes: string;
            days: number[];
            /** Format: time */
            opens: string;
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
        Page_ReplanHead_: {
            items: components["schemas"]["ReplanHead"][];
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
            site_id?: string;
            /** @default  */
            vehicle_id?: string;
        };
        /** @description The code to type on the device. */
        PairingOut: {
            code: string;
            /** Format: date-time */
            expires_at: string;
        };
        /** @description One piece; its volume is taken from its edges if it is not given. */
        ParcelIn: {
            /** @default  */
            description?: string;
            /** @default 0 */
            height_mm?: number;
            /** @default 0 */
            length_mm?: number;
            /** @default 0 */
            volume_cm3?: number;
            weight_g: number;
            /** @default 0 */
            width_mm?: number;
        };
        /** @description One labelled piece and who has it. */
        ParcelOut: {
            description: string;
            holder: string;
            id: string;
            label: string;
            state: components["schemas"]["ParcelState"];
            volume_cm3: number;
            weight_g: number;
        };
        /**
         * @description Who has a parcel: the merchant, a site, a vehicle, a carrier, the recipient.
         * @enum {string}
         */
        ParcelState: "announced" | "held" | "loaded" | "with_carrier" | "delivered" | "returned" | "lost";
        /** @description One piece and who has it by the book. */
        ParcelWire: {
            holder: string;
            id: string;
            label: string;
        };
        /** @description Where to collect; the code only when there is something to collect, and only by the link. */
        PickupOut: {
            address: string;
            code: string | null;
            keep_until: string | null;
            open_until: string | null;
            point: components["schemas"]["PointWire"];
            site_name: string;
        };
        /** @description A planning, without its routes. */
        PlanHead: {
            balance_cost_per_h: components["schemas"]["MoneyWire"] | null;
            /** Format: date-time */
            created_at: string;
            depot_ids: string[];
            ended_at: string | null;
            error: string;
            /**
             * @description why it failed, for programs; empty if it did not
             * @default
             */
            error_code?: string;
            /** @description what the sentence names and counts, to say it in another language */
            error_facts?: {
                [key: string]: string | number;
            };
            id: string;
            levels: components["schemas"]["LevelWire"][];
            locks: {
                [key: string]: string;
            };
            name: string;
            /** Format: date */
            on: string;
            progress: components["schemas"]["ProgressOut"];
            quotas: {
                [key: string]: number;
            };
            seconds: number;
            state: components["schemas"]["PlanState"];
            step: number;
            summary: components["schemas"]["SummaryOut"] | null;
            travel: string;
            version: number;
        };
        /** @description A planning that is asked for: which day, from which depots, how long to search. */
        PlanIn: {
            balance_cost_per_h?: components["schemas"]["MoneyWire"] | null;
            depot_ids: string[];
            levels?: components["schemas"]["LevelWire"][] | null;
            /**
             * @description a plan whose locks hold here too
             * @default
             */
            locks_of?: string;
            /** @default  */
            name?: string;
            /** Format: date */
            on: string;
            quotas?: {
                [key: string]: number;
            };
            /** @default 10 */
            seconds?: number;
            /**
             * @default geodesic
             * @enum {string}
             */
            travel?: "geodesic" | "roads" | "osrm" | "valhalla";
        };
        /**
         * @description A planning with everything that came out; while it is solving, the best so far.
         *
         *     ``can_undo``, ``can_redo``: whether there is a step to go back, or forth, to.
         */
        PlanOut: {
            balance_cost_per_h: components["schemas"]["MoneyWire"] | null;
            /** @default false */
            can_redo?: boolean;
            /** @default false */
            can_undo?: boolean;
            /** Format: date-time */
            created_at: string;
            depot_ids: string[];
            ended_at: string | null;
            error: string;
            /**
             * @description why it failed, for programs; empty if it did not
             * @default
             */
            error_code?: string;
            /** @description what the sentence names and counts, to say it in another language */
            error_facts?: {
                [key: string]: string | number;
            };
            findings?: components["schemas"]["NoticedOut"][];
            id: string;
            left_out?: components["schemas"]["LeftOutOut"][];
            levels: components["schemas"]["LevelWire"][];
            locks: {
                [key: string]: string;
            };
            name: string;
            /** Format: date */
            on: string;
            progress: components["schemas"]["ProgressOut"];
            quotas: {
                [key: string]: number;
            };
            routes?: components["schemas"]["RouteOut"][];
            seconds: number;
            state: components["schemas"]["PlanState"];
            step: number;
            summary: components["schemas"]["SummaryOut"] | null;
            to_carrier?: components["schemas"]["logistics__routing__edge__schemas__CarrierOut"][];
            travel: string;
            version: number;
            violations?: components["schemas"]["ViolationOut"][];
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
            address: string;
            carrier_price: components["schemas"]["MoneyWire"] | null;
            cod_due: components["schemas"]["MoneyWire"] | null;
            mode_wish: string;
            options: components["schemas"]["PoolOption"][];
            parcels_count: number;
            point: components["schemas"]["PointWire"] | null;
            recipient_name: string;
            shipment_id: string;
            tracking_no: string;
            volume_cm3: number;
            weight_g: number;
            window: components["schemas"]["WindowWire"] | null;
        };
        /** @description One way to do it ourselves: at the door, or at a service point. */
        PoolOption: {
            kind: string;
            site_id?: string | null;
        };
        /** @description One fix as a device reported it; `rejected` says why it is not believed. */
        PositionOut: {
            accuracy_m: number | null;
            device_id: string;
            /** Format: date-time */
            fixed_at: string;
            lat: number;
            lon: number;
            /** Format: date-time */
            received_at: string;
            rejected: string;
            speed_mps: number | null;
            vehicle_id: string;
        };
        /** @description What a change by hand would do: the cost then and how much more it is, rules broken anew and rules kept again. */
        PreviewOut: {
            broken: components["schemas"]["ViolationOut"][];
            cost: components["schemas"]["MoneyWire"];
            difference: components["schemas"]["MoneyWire"];
            mended: components["schemas"]["ViolationOut"][];
        };
        /** @description A price a stop's cost is made of, in major units of the currency for one of it. */
        PriceOut: {
            learned: number | null;
            name: string;
            starting: number;
        };
        /** @description A refusal, as RFC 9457 wants it: ``type`` is stable and meant for programs. */
        Problem: {
            detail: string;
            errors?: components["schemas"]["FieldProblem"][];
            /** @description what the sentence names and counts, to say it in another language */
            facts?: {
                [key: string]: string | number;
            };
            status: number;
            title: string;
            type: string;
        };
        /** @description How the search goes: the best so far; cost in minor units, also along the curve of [seconds, cost]. */
        ProgressOut: {
            cost?: number | null;
            curve?: [
                number,
                number
            ][];
            /** @default 0 */
            iterations?: number;
            /** @default 0 */
            seconds?: number;
            unplanned?: number | null;
            vehicles?: number | null;
        };
        /** @description A proof: for signature and photo a picture in base 64, for a code its letters; data may be left out. */
        ProofIn: {
            data?: string | null;
            /** @default none */
            kind?: components["schemas"]["ProofKind"];
        };
        /**
         * @description What kind of proof was taken.
         * @enum {string}
         */
        ProofKind: "signature" | "photo" | "code" | "none";
        /** @description The answer in the dialect of the sender (Kuaidi100). */
        PushAnswer: {
            message: string;
            result: boolean;
            returnCode: string;
        };
        /**
         * @description How far off quotes were on plans that came after what they were learned from.
         *
         *     ``mean``: quoted less actual, above 0 too dear. ``coverage_percent``: how many of 100 stops lay in the interval
         *     told. ``starting``: what the starting values would have done on the same stops.
         */
        QuoteErrorOut: {
            coverage_percent: number;
            mean: components["schemas"]["MoneyWire"];
            mean_actual: components["schemas"]["MoneyWire"];
            median_absolute: components["schemas"]["MoneyWire"];
            plans_count: number;
            starting_mean: components["schemas"]["MoneyWire"];
            starting_median_absolute: components["schemas"]["MoneyWire"];
            stops_count: number;
        };
        /** @description What would have to be sent. */
        QuoteIn: {
            cod_due?: components["schemas"]["MoneyWire"] | null;
            consents?: components["schemas"]["ConsentIn"][];
            deliver_on?: string | null;
            /** @default  */
            depot_id?: string;
            mode?: components["schemas"]["Mode"] | null;
            parcels: components["schemas"]["ParcelIn"][];
            recipient: components["schemas"]["WhereTo"];
            /** @default  */
            service_point_id?: string;
            value?: components["schemas"]["MoneyWire"] | null;
            window?: components["schemas"]["WindowWire"] | null;
        };
        /** @description The offers, best first; prices hold until ``valid_until``. */
        QuoteOut: {
            offers: components["schemas"]["OfferWire"][];
            quote_id: string;
            reasons: string[];
            /** Format: date-time */
            valid_until: string;
        };
        /** @description Prices by zone and weight; docs/formulas/tariffs.md has the formula. */
        "RateCardWire-Input": {
            cod_max?: (number | string) | null;
            /**
             * @description major units, as decimal text
             * @default 0
             */
            cod_min?: number | string;
            /**
             * @description a share: 0.01 is one per cent
             * @default 0
             */
            cod_share?: number | string;
            /** @default CNY */
            currency?: string;
            /** @default half_up */
            rounding?: components["schemas"]["Rounding"];
            surcharges?: components["schemas"]["SurchargeWire-Input"][];
            /**
             * @description 0: volume does not count
             * @default 0
             */
            volumetric_cm3_per_kg?: number;
            /**
             * @description of one waybill; 0: no limit
             * @default 0
             */
            weight_g_max?: number;
            zones: components["schemas"]["ZoneWire-Input"][];
        };
        /** @description Prices by zone and weight; docs/formulas/tariffs.md has the formula. */
        "RateCardWire-Output": {
            cod_max?: string | null;
            /**
             * @description major units, as decimal text
             * @default 0
             */
            cod_min?: string;
            /**
             * @description a share: 0.01 is one per cent
             * @default 0
             */
            cod_share?: string;
            /** @default CNY */
            currency?: string;
            /** @default half_up */
            rounding?: components["schemas"]["Rounding"];
            surcharges?: components["schemas"]["SurchargeWire-Output"][];
            /**
             * @description 0: volume does not count
             * @default 0
             */
            volumetric_cm3_per_kg?: number;
            /**
             * @description of one waybill; 0: no limit
             * @default 0
             */
            weight_g_max?: number;
            zones: components["schemas"]["ZoneWire-Output"][];
        };
        /** @description The database answers, and news does not pile up. */
        Ready: {
            oldest_news_s: number;
            /** @default ok */
            status?: string;
        };
        /** @description What keeps a shipment off the routes; ``together``: the codes behind ``several``. */
        ReasonOut: {
            code: string;
            text: string;
            together?: string[];
        };
        /** @description Why an offer cannot be taken. */
        ReasonWire: {
            code: string;
            text: string;
        };
        /** @description Who receives; without a point only a carrier can bring it. */
        RecipientIn: {
            /** @default  */
            address?: string;
            /** @default  */
            locale?: string;
            name: string;
            /** @example +86 138 0013 8000 */
            phone: string;
            point?: components["schemas"]["PointWire"] | null;
        };
        /** @description Who receives. */
        RecipientOut: {
            address: string;
            locale: string;
            name: string;
            phone: string;
            point: components["schemas"]["PointWire"] | null;
        };
        /** @description The recipient does not want it. */
        RefusalIn: {
            /** @description when it happened, if not just now: not in the future, not older than 7 days */
            at?: string | null;
            /**
             * @description prefixed by the responsible party
             * @default recipient_refused
             * @example recipient_not_home
             */
            reason?: string;
            shipment_id: string;
        };
        /** @description The runs a plan became; ``findings``: what was left to a carrier and not handed over, for it waits no more. */
        ReleasedOut: {
            findings: components["schemas"]["FindingWire"][];
            runs: components["schemas"]["RunSummary"][];
        };
        /** @description COD money passed on to a merchant: what was taken up to `last_on`, its local day, less `fees`. */
        RemittanceOut: {
            amount: components["schemas"]["MoneyWire"];
            /** Format: date-time */
            created_at: string;
            fees: components["schemas"]["MoneyWire"];
            id: string;
            /** Format: date */
            last_on: string;
            merchant_id: string;
            run_id: string;
            shipment_count: number;
        };
        /** @description The money of one waybill. */
        RemittedLineIn: {
            amount: components["schemas"]["MoneyWire"];
            waybill_no: string;
        };
        /**
         * @description What would do it, and what the plan would cost more (negative: less).
         *
         *     ``code`` names what gives way, by ``amount`` (seconds, metres, units of ``name``; 0: of several units at once);
         *     of a missed window ``name`` is the side (``early`` or ``late``).
         *     ``needs``: codes of what somebody would have to give first. ``moves``: the change by hand that does it; none where a
         *     change by hand is not enough.
         */
        RepairOut: {
            /** @default 0 */
            amount?: number;
            code: string;
            moves?: components["schemas"]["Move"][];
            /** @default  */
            name?: string;
            needs?: string[];
            price: components["schemas"]["MoneyWire"];
            start_at?: string | null;
            text: string;
            vehicle_id?: string | null;
            /** @default  */
            vehicle_name?: string;
        };
        /** @description A shipment that would be left to a carrier, and what that costs us. */
        ReplanCarrierOut: {
            carrier: string;
            price: components["schemas"]["MoneyWire"];
            shipment_id: string;
            tracking_no: string;
        };
        /** @description A replan at a glance. */
        ReplanHead: {
            asked: components["schemas"]["HappenedWire"][];
            /** Format: date-time */
            created_at: string;
            decided_at: string | null;
            difference: components["schemas"]["MoneyWire"];
            id: string;
            moved_count: number;
            /** Format: date */
            on: string;
            state: components["schemas"]["ReplanState"];
        };
        /**
         * @description What happened on a day; ``run_ids`` narrows the answer to these runs and their vehicles.
         *
         *     ``depot_ids`` narrows it to the vehicles that leave from these depots, whether or not they have a run.
         */
        ReplanIn: {
            /** @description what it must save for a recipient to be given to another run */
            change_price?: components["schemas"]["MoneyWire"] | null;
            changes: components["schemas"]["HappenedWire"][];
            depot_ids?: string[];
            on?: string | null;
            run_ids?: string[];
            /**
             * @description how long to search; 0: only a place for who is new, at once
             * @default 1
             */
            seconds?: number;
        };
        /** @description A shipment that finds no place and waits to be planned anew. */
        ReplanLeftOutOut: {
            reason: components["schemas"]["WhyOut"];
            recipient_name: string;
            shipment_id: string;
            tracking_no: string;
        };
        /** @description A proposal to change a running day. */
        ReplanOut: {
            asked: components["schemas"]["HappenedWire"][];
            broken_promises: components["schemas"]["BrokenPromiseOut"][];
            changes: components["schemas"]["ChangeOut"][];
            cost_after: components["schemas"]["MoneyWire"];
            cost_before: components["schemas"]["MoneyWire"];
            /** Format: date-time */
            created_at: string;
            decided_at: string | null;
            difference: components["schemas"]["MoneyWire"];
            findings: components["schemas"]["NoticedOut"][];
            id: string;
            inserted: components["schemas"]["InsertedOut"][];
            left_out: components["schemas"]["ReplanLeftOutOut"][];
            /** Format: date */
            on: string;
            state: components["schemas"]["ReplanState"];
            to_carrier: components["schemas"]["ReplanCarrierOut"][];
            took_ms: number;
            violations: components["schemas"]["ReplanViolationOut"][];
        };
        /**
         * @description Where a proposal to change a running day stands.
         * @enum {string}
         */
        ReplanState: "proposed" | "accepted" | "discarded";
        /**
         * @description A rule the rest of the day would break, by how much and by whom.
         *
         *     ``name``: a store, a carrier, skills, the side of a missed window (``early`` or ``late``).
         */
        ReplanViolationOut: {
            amount: number;
            code: string;
            /** @default  */
            name?: string;
            /** @default  */
            recipient_name?: string;
            shipment_id: string | null;
            text: string;
            /** @default  */
            tracking_no?: string;
            /**
             * @description what `amount` counts; `minor`: of the plan's currency; empty: there is nothing to count
             * @default
             * @enum {string}
             */
            unit?: "" | "s" | "m" | "g" | "cm3" | "parcels" | "minor" | "count";
            vehicle_id: string | null;
            /** @default  */
            vehicle_name?: string;
        };
        /** @description From when on; `only_failed` leaves out what arrived or is still being tried. */
        ReplayIn: {
            /** @default false */
            only_failed?: boolean;
            /** Format: date-time */
            since: string;
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
        /** @description What a vehicle's day costs in two plans; None: it stays at home. */
        RouteDifferenceOut: {
            after: components["schemas"]["MoneyWire"] | null;
            before: components["schemas"]["MoneyWire"] | null;
            vehicle_id: string;
            vehicle_name: string;
        };
        /**
         * @description What one vehicle does; ``load_percent`` is of the scarcest of weight, volume and pieces.
         *
         *     ``rests``: when the driver rests. ``end_depot_id``: where the route ends; None: at its last stop.
         */
        RouteOut: {
            cost: components["schemas"]["MoneyWire"];
            depot_id: string;
            distance_m: number;
            driver_name: string;
            /** Format: date-time */
            end_at: string;
            end_depot_id?: string | null;
            load: components["schemas"]["LoadOut"];
            load_percent: number;
            polyline: [
                number,
                number
            ][];
            rests?: components["schemas"]["WindowWire"][];
            /** Format: date-time */
            start_at: string;
            stops: components["schemas"]["logistics__routing__edge__schemas__StopOut"][];
            trips?: components["schemas"]["TripOut"][];
            vehicle_id: string;
            vehicle_name: string;
        };
        /** @description What became of one row: taken, known already, or refused with what is wrong in which column. */
        RowResult: {
            errors?: components["schemas"]["FieldProblem"][];
            order_ref: string;
            row: number;
            /** @default  */
            shipment_id?: string;
            /** @enum {string} */
            status: "created" | "duplicate" | "rejected";
            /** @default  */
            tracking_no?: string;
            tracking_url?: string | null;
        };
        /** @description Cash of a run: taken at the doors, and handed in at the depot. Card and QR money is in neither. */
        RunCash: {
            handed_in: components["schemas"]["MoneyWire"];
            taken: components["schemas"]["MoneyWire"];
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
            cash: components["schemas"]["RunCash"];
            departed_at: string | null;
            depot_id: string;
            driver_name: string;
            finished_at: string | null;
            id: string;
            /** Format: date */
            on: string;
            plan_id: string;
            /** Format: date-time */
            planned_end_at: string;
            /** Format: date-time */
            planned_start_at: string;
            state: components["schemas"]["RunState"];
            stops_count: number;
            stops_done: number;
            vehicle_id: string;
            vehicle_name: string;
            visits_count: number;
        };
        /** @description Labels that were accepted, and what is wrong with the others. */
        ScannedOut: {
            accepted: string[];
            findings: components["schemas"]["FindingWire"][];
        };
        /** @description The new secret, shown this once; the old one signs beside it until `old_until`. */
        SecretOut: {
            /** Format: date-time */
            old_until: string;
            secret: string;
        };
        /** @description A place where recipients collect; ``distance_m`` is measured from the place asked for as the crow flies. */
        ServicePointOut: {
            address: string;
            distance_m: number;
            hours: components["schemas"]["OpeningWire"][];
            id: string;
            keep_days: number;
            name: string;
            open: boolean;
            point: components["schemas"]["PointWire"];
            /** @description how many more parcels it takes */
            room: number;
            time_zone: string;
        };
        /** @description An open session; browsers get the token as a cookie, too. */
        SessionOut: {
            expires_at: string | null;
            merchant_id: string;
            name: string;
            role: components["schemas"]["Role"];
            site_id: string;
            token: string;
            vehicle_id: string;
        };
        /** @description One promise asked for; without ``mode`` the house chooses. */
        ShipmentIn: {
            cod_due?: components["schemas"]["MoneyWire"] | null;
            consents?: components["schemas"]["ConsentIn"][];
            deliver_on?: string | null;
            /** @default  */
            depot_id?: string;
            mode?: components["schemas"]["Mode"] | null;
            /** @default  */
            note?: string;
            /** @description your own order number, unique */
            order_ref: string;
            /** @description suit as well as `window` */
            other_windows?: components["schemas"]["WindowWire"][];
            parcels: components["schemas"]["ParcelIn"][];
            /**
             * @description the higher goes first if not all can be brought
             * @default 0
             */
            priority?: number;
            recipient: components["schemas"]["RecipientIn"];
            /** @default  */
            service_point_id?: string;
            /**
             * @description what the vehicle must be able to do
             * @example [
             *       "tail lift"
             *     ]
             */
            skills?: string[];
            value?: components["schemas"]["MoneyWire"] | null;
            window?: components["schemas"]["WindowWire"] | null;
        };
        /** @description A shipment. ``tracking_url`` is told once, when it is made; `POST .../links` makes another. */
        ShipmentOut: {
            carrier: string;
            cod_due: components["schemas"]["MoneyWire"] | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date */
            deliver_on: string;
            depot_id: string;
            ended_at: string | null;
            id: string;
            merchant_id: string;
            mode: string;
            mode_wish: string;
            note: string;
            order_ref: string;
            other_windows: components["schemas"]["WindowWire"][];
            parcels: components["schemas"]["ParcelOut"][];
            priority: number;
            promise: components["schemas"]["WindowWire"] | null;
            recipient: components["schemas"]["RecipientOut"];
            site_id: string;
            skills: string[];
            state: components["schemas"]["ShipmentState"];
            status: string;
            status_at: string | null;
            tracking_no: string;
            tracking_url?: string | null;
            value: components["schemas"]["MoneyWire"] | null;
            volume_cm3: number;
            waybill_no: string;
            weight_g: number;
            window: components["schemas"]["WindowWire"] | null;
        };
        /**
         * @description Where our commitment stands.
         * @enum {string}
         */
        ShipmentState: "accepted" | "chosen" | "planned" | "underway" | "waiting" | "returning" | "delivered" | "returned" | "cancelled" | "lost";
        /** @description A site to be entered. */
        SiteIn: {
            address: string;
            /**
             * @description room for waiting parcels
             * @default 0
             */
            capacity_parcels_max?: number;
            hours?: components["schemas"]["OpeningWire"][];
            /**
             * @description how long a parcel waits for its recipient
             * @default 3
             */
            keep_days?: number;
            kinds: components["schemas"]["SiteKind"][];
            name: string;
            point: components["schemas"]["PointWire"];
            /** @default Asia/Shanghai */
            time_zone?: string;
        };
        /**
         * @description What happens at a site.
         * @enum {string}
         */
        SiteKind: "depot" | "warehouse" | "store";
        /** @description A site. */
        SiteOut: {
            address: string;
            /**
             * @description room for waiting parcels
             * @default 0
             */
            capacity_parcels_max?: number;
            /** Format: date-time */
            created_at: string;
            hours?: components["schemas"]["OpeningWire"][];
            id: string;
            /**
             * @description how long a parcel waits for its recipient
             * @default 3
             */
            keep_days?: number;
            kinds: components["schemas"]["SiteKind"][];
            name: string;
            point: components["schemas"]["PointWire"];
            /** @default Asia/Shanghai */
            time_zone?: string;
        };
        /** @description A window told to a recipient. */
        SpanOut: {
            /** Format: date-time */
            end: string;
            /** Format: date-time */
            start: string;
        };
        /** @description Where a shipment is on the way; an empty `run_id`: a run that will be made for this vehicle. */
        SpotOut: {
            position: number;
            run_id: string;
            /** Format: date-time */
            start_at: string;
            vehicle_id: string;
            vehicle_name: string;
        };
        /** @description What became due to us in a period. */
        StatementOut: {
            /** Format: date */
            from_on: string;
            lines: components["schemas"]["logistics__settlement__edge__schemas__LineOut"][];
            merchant_id: string;
            /** Format: date */
            to_on: string;
            total: components["schemas"]["MoneyWire"];
            totals: components["schemas"]["TotalOut"][];
        };
        /** @description A month's statement will not change any more: GET /v1/statements. */
        StatementReadyData: {
            /** Format: date */
            from_on: string;
            statement_id: string;
            /** Format: date */
            to_on: string;
            total: components["schemas"]["MoneyWire"];
        };
        /** @description The public word changed, or something lies over it (`on_hold`, `delayed`) or no longer. */
        StatusChangedData: {
            eta: components["schemas"]["EtaData"] | null;
            milestone: number;
            overlay: string;
            previous: string;
            reason: string;
            shipment_id: string;
            /** @description dense per shipment; a gap is closed by GET /v1/events */
            shipment_seq: number;
            status: string;
        };
        /** @description One shipment at a service point. Its pickup code is the recipient's alone and is not told here. */
        StayOut: {
            cod_due: components["schemas"]["MoneyWire"] | null;
            keep_until: string | null;
            parcels: components["schemas"]["StayParcelOut"][];
            phone_masked: string;
            ready_at: string | null;
            reason: string;
            recipient_name: string;
            shipment_id: string;
            state: components["schemas"]["StayState"];
            to_whom: string;
            tracking_no: string;
        };
        /** @description One parcel of a stay; ``arrived_at`` is none while it is expected. */
        StayParcelOut: {
            arrived_at: string | null;
            id: string;
            label: string;
            shelf: string;
        };
        /**
         * @description Where a stay stands.
         * @enum {string}
         */
        StayState: "expected" | "arriving" | "ready" | "collected" | "expired" | "refused" | "left" | "released";
        /** @description A plan after one change by hand; step 0 is what was found by the search. */
        StepOut: {
            current: boolean;
            /** Format: date-time */
            made_at: string;
            made_by: string;
            step: number;
            summary: components["schemas"]["SummaryOut"] | null;
        };
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
            lots: components["schemas"]["StoredIn"][];
            reference: string;
            /** @default  */
            shipment_id?: string;
        };
        /** @description The number under which it stands among the merchant's happenings. */
        StorageOut: {
            seq: number;
        };
        /** @description Goods of a volume, for a number of days. */
        StoredIn: {
            days: number;
            volume_cm3: number;
        };
        /** @description The streets a vehicle was sent to in the plans that were released since ``since``, drawn as areas. */
        StreetsOut: {
            areas: components["schemas"]["AreaWire"][];
            /** Format: date-time */
            since: string;
            stops_count: number;
        };
        /** @description The plan in figures; ``door``, ``service_point``, ``carrier`` and ``left_out`` add up to ``tasks``. */
        SummaryOut: {
            carrier: number;
            cost: components["schemas"]["MoneyWire"];
            distance_m: number;
            door: number;
            left_out: number;
            service_point: number;
            service_s: number;
            tasks: number;
            travel_s: number;
            vehicles: number;
            wait_s: number;
        };
        /** @description What is added to the freight: a flat amount, a share of it, or both. */
        "SurchargeWire-Input": {
            /** @default 0 */
            above_g?: number;
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
            zones?: string[];
        };
        /** @description What is added to the freight: a flat amount, a share of it, or both. */
        "SurchargeWire-Output": {
            /** @default 0 */
            above_g?: number;
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
            zones?: string[];
        };
        /** @description What a merchant is charged: a card for a mode; a mode without one is charged by the contract's rates. */
        "TariffWire-Input": {
            carrier?: components["schemas"]["RateCardWire-Input"] | null;
            own_fleet?: components["schemas"]["RateCardWire-Input"] | null;
            pickup?: components["schemas"]["RateCardWire-Input"] | null;
        };
        /** @description What a merchant is charged: a card for a mode; a mode without one is charged by the contract's rates. */
        "TariffWire-Output": {
            carrier?: components["schemas"]["RateCardWire-Output"] | null;
            own_fleet?: components["schemas"]["RateCardWire-Output"] | null;
            pickup?: components["schemas"]["RateCardWire-Output"] | null;
        };
        /**
         * @description A shipment in a plan: its ways, the one taken first; if it is on no route, why and what would help.
         *
         *     Prices are those of the whole ``group`` where several go only together.
         */
        TaskOut: {
            group: string[];
            locked_to: string | null;
            reason: components["schemas"]["ReasonOut"] | null;
            recipient_name: string;
            repairs: components["schemas"]["RepairOut"][];
            shipment_id: string;
            tracking_no: string;
            vehicle_id: string | null;
            ways: components["schemas"]["WayOut"][];
        };
        /** @description A message that says nothing, sent on demand. */
        TestData: {
            endpoint_id: string;
        };
        /** @description A till's cash as counted; the nearest depot takes it if none is named. */
        TillHandInIn: {
            amount: components["schemas"]["MoneyWire"];
            /** @description when it happened, if not just now: not in the future, not older than 7 days */
            at?: string | null;
            /** @default  */
            depot_id?: string;
        };
        /** @description What was counted, what the receipts say, and what is too much (below zero: missing). */
        TillHandInOut: {
            amount: components["schemas"]["MoneyWire"];
            depot_id: string;
            difference: components["schemas"]["MoneyWire"];
            expected: components["schemas"]["MoneyWire"];
        };
        /** @description All that was heard of a shipment, in the order in which it happened, and what it amounts to. */
        TimelineOut: {
            ended_at: string | null;
            events: components["schemas"]["EventOut"][];
            milestone_no: number;
            overlay: string;
            reason: string;
            shipment_id: string;
            status: string;
        };
        /** @description What the lines of a kind come to. */
        TotalOut: {
            amount: components["schemas"]["MoneyWire"];
            kind: components["schemas"]["ChargeKind"];
        };
        /** @description A shipment's story as one asker may know it. `seq` and `epoch` are what the live feed goes on from. */
        TrackOut: {
            /** Format: date-time */
            as_of: string;
            cod: components["schemas"]["logistics__tracking__edge__schemas__CodOut"] | null;
            destination: components["schemas"]["PointWire"] | null;
            /** @description full, masked or milestones */
            disclosure: string;
            ended_at: string | null;
            epoch: string;
            eta: components["schemas"]["EtaOut"] | null;
            feed: components["schemas"]["FeedOut"] | null;
            headline_key: string;
            merchant_name: string | null;
            milestone_no: number;
            pickup: components["schemas"]["PickupOut"] | null;
            promise: components["schemas"]["SpanOut"] | null;
            reason: string | null;
            seq: number;
            status: string;
            stops_before: number | null;
            time_zone: string;
            timeline: components["schemas"]["logistics__tracking__edge__schemas__LineOut"][];
            tracking_no: string;
            vehicle: components["schemas"]["logistics__tracking__edge__schemas__VehicleOut"] | null;
        };
        /** @description One balanced whole. */
        TransferOut: {
            /** Format: date-time */
            booked_at: string;
            id: string;
            kind: string;
            legs: components["schemas"]["LegOut"][];
            note: string;
            /** Format: date-time */
            occurred_at: string;
            state: components["schemas"]["TransferState"];
        };
        /**
         * @description Where a transfer stands; only posted ones count in balances.
         * @enum {string}
         */
        TransferState: "pending" | "posted" | "voided";
        /** @description From one loading at the depot to the next, or to the end of the route. */
        TripOut: {
            /** Format: date-time */
            end_at: string;
            no: number;
            /** Format: date-time */
            start_at: string;
        };
        /** @description A code that is in no table. */
        UnmappedCodeOut: {
            code: string;
            /** Format: date-time */
            first_seen_at: string;
            /** Format: date-time */
            last_seen_at: string;
            seen_count: number;
            source: string;
            text: string;
            waybill_no: string;
        };
        ValidationError: {
            ctx?: Record<string, never>;
            input?: unknown;
            loc: (string | number)[];
            msg: string;
            type: string;
        };
        /** @description A vehicle with its driver; a shift that ends at or before its start ends on the next day. */
        VehicleIn: {
            capacity_cm3: number;
            capacity_g: number;
            capacity_parcels: number;
            /** @description cash on board never exceeds this */
            cash_minor_max: number;
            cost_per_h: components["schemas"]["MoneyWire"];
            cost_per_km: components["schemas"]["MoneyWire"];
            depot_id: string;
            /** @default  */
            driver_name?: string;
            fixed_cost: components["schemas"]["MoneyWire"];
            limits?: components["schemas"]["VehicleLimits"];
            name: string;
            /**
             * @description local time of the depot
             * @default 18:00
             */
            shift_end?: string;
            /**
             * @description local time of the depot
             * @default 08:00
             */
            shift_start?: string;
        };
        /**
         * @description What else a vehicle may and may not; nothing of it binds unless it is said.
         *
         *     ``skills``: what it can do that shipments may ask for. Overtime costs ``overtime_cost_per_h`` on top of the ordinary
         *     hour. ``duration_s_max`` counts from leaving to being back, ``stops_max`` halts in all. It loads again at its depot
         *     for each of ``trips_max`` trips, which takes ``reload_s``. The route ends at the depot, at another one
         *     (``end_depot_id``), or at its last stop (``open_end``). A door outside of the ``familiar`` areas costs
         *     ``unfamiliar_cost``.
         */
        VehicleLimits: {
            breaks?: components["schemas"]["BreakWire"][];
            distance_m_max?: number | null;
            drive_rest?: components["schemas"]["DriveRestWire"] | null;
            duration_s_max?: number | null;
            /** @default  */
            end_depot_id?: string;
            familiar?: components["schemas"]["AreaWire"][];
            /** @default false */
            open_end?: boolean;
            overtime_cost_per_h?: components["schemas"]["MoneyWire"] | null;
            /** @default 0 */
            overtime_s_max?: number;
            /** @default 900 */
            reload_s?: number;
            /**
             * @description what the vehicle must be able to do
             * @example [
             *       "tail lift"
             *     ]
             */
            skills?: string[];
            stops_max?: number | null;
            /** @default 1 */
            trips_max?: number;
            unfamiliar_cost?: components["schemas"]["MoneyWire"] | null;
        };
        /** @description Where a vehicle is by its newest believed fix. */
        VehiclePositionOut: {
            accuracy_m: number | null;
            /** Format: date-time */
            fixed_at: string;
            lat: number;
            lon: number;
            /** Format: date-time */
            received_at: string;
            speed_mps: number | null;
            vehicle_id: string;
        };
        /**
         * @description A rule the plan breaks, and by how much.
         *
         *     ``name``: a store, a carrier, skills, the side of a missed window (``early`` or ``late``).
         */
        ViolationOut: {
            amount: number;
            code: string;
            /** @default  */
            name?: string;
            shipment_id: string | null;
            text: string;
            /**
             * @description what `amount` counts; `minor`: of the plan's currency; empty: there is nothing to count
             * @default
             * @enum {string}
             */
            unit?: "" | "s" | "m" | "g" | "cm3" | "parcels" | "minor" | "count";
            vehicle_id: string | null;
        };
        /**
         * @description How a visit stands or ended.
         * @enum {string}
         */
        VisitState: "open" | "delivered" | "part" | "failed" | "refused" | "handed_over" | "cancelled";
        /**
         * @description One way of doing a shipment in this plan: to the door, to a store, by a carrier.
         *
         *     ``price``: what the plan costs more with it than without the shipment; ``difference``: more than by the way taken.
         *     ``reason``: why it cannot be taken as things are; ``needs``: what somebody would have to give first.
         */
        WayOut: {
            chosen: boolean;
            difference: components["schemas"]["MoneyWire"] | null;
            /** @enum {string} */
            kind: "door" | "service_point" | "carrier";
            moves: components["schemas"]["Move"][];
            name: string;
            needs: string[];
            price: components["schemas"]["MoneyWire"] | null;
            reason: components["schemas"]["ReasonOut"] | null;
            site_id: string | null;
            start_at: string | null;
            vehicle_id: string | null;
            vehicle_name: string;
        };
        /** @description What a plan does with a shipment; neither vehicle nor carrier: it is left out. */
        WhereOut: {
            carrier: string | null;
            kind: string;
            site_id: string | null;
            start_at: string | null;
            stop_no: number | null;
            vehicle_id: string | null;
            vehicle_name: string;
        };
        /** @description Where it would go; without a point only a carrier can be offered. */
        WhereTo: {
            /** @default  */
            address?: string;
            point?: components["schemas"]["PointWire"] | null;
        };
        /** @description A stable code and a sentence. */
        WhyOut: {
            code: string;
            text: string;
        };
        /** @description A span in which a service may start, both ends included; times carry their offset. */
        WindowWire: {
            /** Format: date-time */
            end: string;
            /** Format: date-time */
            start: string;
        };
        /** @description A zone: its areas, or what lies within a distance of the origin, or (neither given) everywhere. */
        "ZoneWire-Input": {
            areas?: (components["schemas"]["CircleWire"] | components["schemas"]["BoxWire"])[];
            /**
             * @description promised calendar days after the day of collection
             * @default 1
             */
            days?: number;
            distance_m_max?: number | null;
            /** @description major units, as decimal text */
            first_price: number | string;
            /** @default 1000 */
            first_weight_g?: number;
            name: string;
            /** @default 1000 */
            step_g?: number;
            /**
             * @description major units, as decimal text
             * @default 0
             */
            step_price?: number | string;
        };
        /** @description A zone: its areas, or what lies within a distance of the origin, or (neither given) everywhere. */
        "ZoneWire-Output": {
            areas?: (components["schemas"]["CircleWire"] | components["schemas"]["BoxWire"])[];
            /**
             * @description promised calendar days after the day of collection
             * @default 1
             */
            days?: number;
            distance_m_max?: number | null;
            /** @description major units, as decimal text */
            first_price: string;
            /** @default 1000 */
            first_weight_g?: number;
            name: string;
            /** @default 1000 */
            step_g?: number;
            /**
             * @description major units, as decimal text
             * @default 0
             */
            step_price?: string;
        };
        /** @description A person who logs in. */
        logistics__access__edge__schemas__AccountOut: {
            active: boolean;
            /** Format: date-time */
            created_at: string;
            id: string;
            login: string;
            merchant_id: string;
            name: string;
            role: components["schemas"]["Role"];
            site_id: string;
        };
        /** @description A carrier. */
        logistics__carriers__edge__schemas__CarrierOut: {
            /**
             * @default
             * @enum {string}
             */
            adapter?: "" | "pretend";
            /**
             * @description where its API is; empty: it has none
             * @default
             */
            base_url?: string;
            /** @example yuantong */
            code: string;
            /** @default false */
            collects_cod?: boolean;
            /** Format: date-time */
            created_at: string;
            /** @default 17:00 */
            cutoff?: string;
            is_active: boolean;
            name: string;
            /**
             * @default kuaidi100
             * @constant
             */
            push_dialect?: "kuaidi100";
            rate_card: components["schemas"]["RateCardWire-Output"];
            /** @default Asia/Shanghai */
            time_zone?: string;
        };
        /** @description What the carrier's driver takes from the depot: by waybill (all of its parcels) or by label. */
        logistics__carriers__edge__schemas__HandoverIn: {
            /** @example yuantong */
            carrier: string;
            labels?: string[];
            waybill_nos?: string[];
        };
        /** @description An attempt as it was recorded. */
        logistics__delivery__edge__schemas__AttemptOut: {
            /** Format: date-time */
            at: string;
            id: string;
            outcome: components["schemas"]["Outcome"];
            parcel_ids: string[];
            proof_kind: components["schemas"]["ProofKind"];
            reason: string;
            /** Format: date-time */
            received_at: string;
            run_id: string;
            shipment_id: string;
            to_whom: string;
        };
        /** @description A run with all its stops; ``aboard`` lists the labels that are on the vehicle now. */
        logistics__delivery__edge__schemas__RunOut: {
            aboard: string[];
            cash: components["schemas"]["RunCash"];
            departed_at: string | null;
            depot_id: string;
            driver_name: string;
            finished_at: string | null;
            id: string;
            /** Format: date */
            on: string;
            plan_id: string;
            /** Format: date-time */
            planned_end_at: string;
            /** Format: date-time */
            planned_start_at: string;
            state: components["schemas"]["RunState"];
            stops: components["schemas"]["logistics__delivery__edge__schemas__StopOut"][];
            stops_count: number;
            stops_done: number;
            vehicle_id: string;
            vehicle_name: string;
            visits_count: number;
        };
        /** @description One halt: planned, expected and actual side by side; ``expected`` is the window told to who waits. */
        logistics__delivery__edge__schemas__StopOut: {
            actual_at: string | null;
            address: string;
            expected: components["schemas"]["WindowWire"];
            /** Format: date-time */
            expected_start_at: string;
            kind: components["schemas"]["StopKind"];
            no: number;
            /** Format: date-time */
            planned_end_at: string;
            /** Format: date-time */
            planned_start_at: string;
            point: components["schemas"]["PointWire"];
            site_id: string;
            state: components["schemas"]["StopState"];
            stops_before: number;
            visits: components["schemas"]["logistics__delivery__edge__schemas__VisitOut"][];
        };
        /** @description One shipment at a stop. Of the recipient's phone the last four digits are shown. */
        logistics__delivery__edge__schemas__VisitOut: {
            cod_due: components["schemas"]["MoneyWire"] | null;
            note: string;
            parcels: components["schemas"]["ParcelWire"][];
            phone_masked: string;
            recipient_name: string;
            shipment_id: string;
            state: components["schemas"]["VisitState"];
            tracking_no: string;
        };
        /** @description Somebody at the counter: the pickup code, or the shipment and the last four digits of its phone. */
        logistics__pickup__edge__schemas__HandoverIn: {
            /** @description when it happened, if not just now: not in the future, not older than 7 days */
            at?: string | null;
            cash?: components["schemas"]["CashIn"] | null;
            code?: string | null;
            phone_last4?: string | null;
            shipment_id?: string | null;
            /** @default recipient */
            to_whom?: string;
        };
        /** @description A shipment left to a carrier, and why; repairs say what each other way would cost more. */
        logistics__routing__edge__schemas__CarrierOut: {
            carrier: string;
            code: string;
            price: components["schemas"]["MoneyWire"];
            reason: string;
            recipient_name: string;
            repairs?: components["schemas"]["RepairOut"][];
            shipment_id: string;
            tracking_no: string;
        };
        /** @description One halt on a ``trip`` (1 first); service starts at ``start_at``, in one of the windows if there are any. */
        logistics__routing__edge__schemas__StopOut: {
            address: string;
            /** Format: date-time */
            arrive_at: string;
            /** Format: date-time */
            depart_at: string;
            kind: string;
            no: number;
            point: components["schemas"]["PointWire"];
            service_s: number;
            site_id: string | null;
            /** Format: date-time */
            start_at: string;
            /** @default 1 */
            trip?: number;
            visits: components["schemas"]["logistics__routing__edge__schemas__VisitOut"][];
            wait_s: number;
            windows: components["schemas"]["WindowWire"][];
        };
        /** @description One shipment at a stop. */
        logistics__routing__edge__schemas__VisitOut: {
            cod_due: components["schemas"]["MoneyWire"] | null;
            parcels_count: number;
            recipient_name: string;
            shipment_id: string;
            tracking_no: string;
        };
        /** @description A vehicle in service. */
        logistics__routing__edge__vehicle_wire__VehicleOut: {
            capacity_cm3: number;
            capacity_g: number;
            capacity_parcels: number;
            /** @description cash on board never exceeds this */
            cash_minor_max: number;
            cost_per_h: components["schemas"]["MoneyWire"];
            cost_per_km: components["schemas"]["MoneyWire"];
            /** Format: date-time */
            created_at: string;
            depot_id: string;
            /** @default  */
            driver_name?: string;
            fixed_cost: components["schemas"]["MoneyWire"];
            id: string;
            limits?: components["schemas"]["VehicleLimits"];
            name: string;
            /**
             * @description local time of the depot
             * @default 18:00
             */
            shift_end?: string;
            /**
             * @description local time of the depot
             * @default 08:00
             */
            shift_start?: string;
        };
        /** @description An account and what is in it: debit positive, credit negative. */
        logistics__settlement__edge__schemas__AccountOut: {
            /** @example custody:driver:veh_1 */
            account: string;
            balance_minor: number;
            currency: string;
        };
        /**
         * @description Where a merchant's COD money is.
         *
         *     ``accepted`` is what buyers were asked for; ``accepted`` + ``overpaid`` = ``due`` + ``in_custody`` + ``banked`` +
         *     ``remitted`` + ``fees`` + ``void``, to the last minor unit. ``taken`` is what was paid of it.
         */
        logistics__settlement__edge__schemas__CodOut: {
            accepted: components["schemas"]["MoneyWire"];
            banked: components["schemas"]["MoneyWire"];
            due: components["schemas"]["MoneyWire"];
            /** @description COD charges kept back of what was taken */
            fees: components["schemas"]["MoneyWire"];
            in_custody: components["schemas"]["HolderOut"][];
            /** @description taken beyond what was due; belongs to the buyers */
            overpaid: components["schemas"]["MoneyWire"];
            remitted: components["schemas"]["MoneyWire"];
            taken: components["schemas"]["MoneyWire"];
            /** @description was due and will not be taken: refused, returned, cancelled */
            void: components["schemas"]["MoneyWire"];
        };
        /** @description One charge: `text` says how `exact` comes about, `amount` is `exact` rounded once, by the contract's rule. */
        logistics__settlement__edge__schemas__LineOut: {
            amount: components["schemas"]["MoneyWire"];
            /** @description the happenings it follows from: GET /v1/statements/events */
            event_seqs: number[];
            /** @description major units, exactly: a decimal number, or a fraction such as 1/3 */
            exact: string;
            kind: components["schemas"]["ChargeKind"];
            quantity: string;
            shipment_id: string;
            text: string;
        };
        /** @description What a run passed on, and what it could not. */
        logistics__settlement__edge__schemas__RunOut: {
            late: components["schemas"]["LateOut"][];
            remittances: components["schemas"]["RemittanceOut"][];
        };
        /** @description The money due at handover. */
        logistics__tracking__edge__schemas__CodOut: {
            due: components["schemas"]["MoneyWire"];
            paid: boolean;
        };
        /** @description One line of the story: `key` names the sentence, `params` fill it; `status` only where the event has one. */
        logistics__tracking__edge__schemas__LineOut: {
            /** Format: date-time */
            at: string;
            key: string;
            params: {
                [key: string]: unknown;
            };
            place: string | null;
            seq: number;
            status: string | null;
        };
        /** @description Where the van is: to about 100 m, until ours is the next stop. */
        logistics__tracking__edge__schemas__VehicleOut: {
            /** Format: date-time */
            as_of: string;
            lat: number;
            lon: number;
        };
        /** @description One try: `status` is the answer's, 0 if there was none, and `error` says why. */
        logistics__webhooks__edge__schemas__AttemptOut: {
            /** Format: date-time */
            at: string;
            error: string;
            ms: number;
            status: number;
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
