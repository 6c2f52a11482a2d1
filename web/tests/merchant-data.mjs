/** A merchant's month, invented, for the mock server. */

const EMPTY = process.env.MOCK_EMPTY === "1";
const yuan = (amount_minor) => ({ amount_minor, currency: "CNY" });
const at = (day, time) => `2026-11-${String(day).padStart(2, "0")}T${time}:00+08:00`;

const NAMES = ["Chen Wei", "李静", "Wang Fang", "赵磊", "Liu Yang", "孙丽", "Zhou Min", "吴强", "Xu Na", "马超"];
const STATUSES = ["delivered", "delivered", "delivered", "delivered", "out_for_delivery", "in_transit", "delivered", "delivery_failed", "ready_for_pickup", "returned", "pending", "cancelled"];
const STATES = { delivered: "delivered", returned: "returned", cancelled: "cancelled", pending: "accepted", out_for_delivery: "underway" };
const MODES = ["own_fleet", "own_fleet", "pickup", "carrier"];

const shipments = Array.from({ length: 137 }, (_, index) => {
  const day = 24 - Math.floor(index / 7);
  const status = day < 22 && index % 9 ? "delivered" : STATUSES[index % STATUSES.length];
  const mode = status === "pending" ? "" : MODES[index % MODES.length];
  return {
    id: `shp_${String(1000 + index)}`, merchant_id: "mer_1", tracking_no: `LG7H2K${String(4100 + index)}`, order_ref: `TEA-${20931 - index}`,
    state: STATES[status] ?? "underway", status, status_at: at(day, index % 13 === 0 ? "19:20" : "14:22"), mode, site_id: "", carrier: mode === "carrier" ? "pretend" : "",
    waybill_no: mode === "carrier" ? `PT${77000 + index}` : "",
    recipient: { name: NAMES[index % NAMES.length], phone: "+86 138 0013 8000", address: `${index + 1} Wen'er Road, Xihu, Hangzhou`, point: null },
    parcels: [{ id: `prc_${index}`, label: `LBL${8000 + index}`, weight_g: 400 + 130 * (index % 9), volume_cm3: 2000 }],
    cod_due: index % 3 ? null : yuan(5900 + 730 * (index % 11)), deliver_on: `2026-11-${day}`, window: null,
    promise: mode ? { start: at(day, "14:00"), end: at(day, "18:00") } : null, created_at: at(day, "09:12"), ended_at: null,
  };
}).filter((each) => each.deliver_on >= "2026-11-01");

const event = (seq, time, kind, status, more = {}) => ({
  seq, occurred_at: at(24, time), received_at: at(24, time), source: "own", kind, status, reason: "", place: "", params: {}, ...more,
});
const timeline = [
  event(1, "09:12", "accepted", "pending", { source: "merchant" }),
  event(2, "09:12", "mode_chosen", "", { params: { mode: "own_fleet", amount_minor: 850, currency: "CNY" } }),
  event(3, "10:30", "received", "picked_up", { place: "Gongshu depot" }),
  event(4, "11:05", "planned", "", { params: { start: at(24, "14:00"), end: at(24, "14:40") } }),
  event(5, "13:02", "departed", "out_for_delivery", { place: "Gongshu depot" }),
  event(6, "14:21", "paid", "", { params: { amount_minor: 12800, currency: "CNY", means: "qr" } }),
  event(7, "14:22", "delivered", "delivered", { params: { to_whom: "J. Li", proof: "signature" }, received_at: at(24, "14:31") }),
];

const TYPES = ["shipment.status_changed", "shipment.created", "cod.taken", "shipment.mode_chosen"];
const attempts = (states) => states.map((status, index) => ({ at: at(24, `14:${String(22 + index * 5).padStart(2, "0")}`), status: status || null, ms: status ? 41 + 13 * index : 15000, error: status ? null : "timed out after 15 s" }));
const messages = Array.from({ length: 23 }, (_, index) => ({
  id: `msg_${500 - index}`, type: TYPES[index % TYPES.length], shipment_id: `shp_${1000 + (index % 5)}`, created_at: at(24, `14:${String(59 - index).padStart(2, "0")}`),
  deliveries: [
    index === 2 ? { endpoint_id: "whe_1", state: "pending", attempts: attempts([503, 0]) }
      : index === 5 ? { endpoint_id: "whe_1", state: "gave_up", attempts: attempts([500, 500, 0, 410]) }
        : { endpoint_id: "whe_1", state: "delivered", attempts: attempts([200]) },
  ],
}));
const endpoints = [
  { id: "whe_1", url: "https://shop.example.com/hooks/logistics", types: [], description: "shop", merchant_id: "mer_1", failing_since: null, disabled_at: null, disabled_reason: "", created_at: at(1, "08:00") },
  { id: "whe_2", url: "https://books.example.com/cod", types: ["cod.taken", "cod.remitted"], description: "", merchant_id: "mer_1", failing_since: at(17, "08:00"), disabled_at: at(22, "08:00"), disabled_reason: "gone", created_at: at(2, "08:00") },
];

const cod = EMPTY
  ? { accepted: yuan(0), overpaid: yuan(0), due: yuan(0), taken: yuan(0), in_custody: [], banked: yuan(0), remitted: yuan(0), fees: yuan(0), void: yuan(0) }
  : {
      accepted: yuan(1053570), overpaid: yuan(0), due: yuan(128450), taken: yuan(903220), banked: yuan(88210), remitted: yuan(720300), fees: yuan(18060), void: yuan(21900),
      in_custody: [{ holder: "driver:Van 3", amount: yuan(42650) }, { holder: "till:FamilyShop Wen'er Road", amount: yuan(21300) }, { holder: "acquirer:qr", amount: yuan(12700) }],
    };

const line = (kind, text, quantity, exact, amount, index) => ({ shipment_id: `shp_${1000 + index}`, kind, text, quantity, exact, amount: yuan(amount), event_seqs: [7] });
const statement = {
  lines: EMPTY ? [] : [
    ...Array.from({ length: 9 }, (_, index) => line("delivery", `TEA-${20931 - index}, delivered`, "1", "8.475", 848, index)),
    ...Array.from({ length: 3 }, (_, index) => line("cod", `TEA-${20931 - index * 3}, COD fee 2 %`, "128.00", "2.56", 256, index * 3)),
    { shipment_id: "", kind: "storage", text: "0.006 m3 for 15 days", quantity: "0.09", exact: "0.465", amount: yuan(47), event_seqs: [] },
  ],
  total: yuan(EMPTY ? 0 : 8447),
};

function page(items, url) {
  const limit = Number(url.searchParams.get("limit") ?? 50);
  const from = Number(url.searchParams.get("cursor") ?? 0);
  const next = from + limit < items.length ? String(from + limit) : null;
  return { body: { items: items.slice(from, from + limit), next_cursor: next } };
}

function list(url) {
  const ask = (name) => url.searchParams.get(name) ?? "";
  const text = ask("q").toLowerCase();
  const found = (EMPTY ? [] : shipments).filter((each) =>
    (!ask("status") || each.status === ask("status")) && (!ask("mode") || each.mode === ask("mode")) && (!ask("on") || each.deliver_on === ask("on")) &&
    (!text || `${each.order_ref} ${each.tracking_no} ${each.recipient.name} ${each.recipient.address}`.toLowerCase().includes(text)));
  return page(found, url);
}

const imported = (dry) => ({
  created: 3, duplicates: 1, rejected: 2, dry_run: dry,
  results: [
    { row: 2, order_ref: "TEA-30001", status: "created", shipment_id: dry ? "" : "shp_1000", tracking_no: "", errors: [] },
    { row: 3, order_ref: "TEA-30002", status: "created", shipment_id: dry ? "" : "shp_1001", tracking_no: "", errors: [] },
    { row: 4, order_ref: "TEA-30003", status: "rejected", shipment_id: "", tracking_no: "", errors: [{ field: "weight_kg", message: "is not a number", expected: "kilograms, such as 1.25" }] },
    { row: 5, order_ref: "TEA-20931", status: "duplicate", shipment_id: "shp_1000", tracking_no: "", errors: [] },
    { row: 6, order_ref: "TEA-30004", status: "created", shipment_id: dry ? "" : "shp_1002", tracking_no: "", errors: [] },
    { row: 7, order_ref: "", status: "rejected", shipment_id: "", tracking_no: "", errors: [{ field: "order_ref", message: "is missing", expected: "your order number, unique" }, { field: "phone", message: "has too few digits", expected: "a phone number with country code" }] },
  ],
  findings: [{ field: "colour", message: "this column is not known and was left out", expected: "" }],
});

const me = { role: "merchant", name: "Lin", merchant_id: "mer_1", site_id: "", vehicle_id: "" };

/** What the pretend platform answers; `null` where it has nothing. */
export function answerMerchant(method, url, body) {
  const path = url.pathname;
  const refused = process.env.MOCK_REFUSED;
  if (refused && path.includes(refused)) return { status: 403, body: { type: "forbidden", title: "Forbidden", status: 403, detail: "Your role (clerk) lacks the right 'cod.read'." }, type: "application/problem+json" };
  if (process.env.MOCK_BROKEN && path.includes(process.env.MOCK_BROKEN)) return { status: 500, body: {} };
  if (path === "/v1/me") return { body: me };
  if (path === "/v1/merchants/mer_1") return { body: { id: "mer_1", name: "Longjing Tea House", time_zone: "Asia/Shanghai", currency: "CNY" } };
  if (path === "/v1/merchants/mer_1/cod") return { body: cod };
  if (path === "/v1/shipments" && method === "GET") return list(url);
  if (path === "/v1/shipments/import") return { body: imported(url.searchParams.get("dry_run") === "true") };
  if (/\/timeline$/.test(path)) return { body: { events: timeline } };
  if (/\/cancel$/.test(path)) return { body: { ...shipments[0], state: "cancelled", status: "cancelled" } };
  const one = path.match(/^\/v1\/shipments\/(\w+)$/);
  if (one) return shipments.find((each) => each.id === one[1]) ? { body: shipments.find((each) => each.id === one[1]) } : null;
  if (path === "/v1/statements/events") return { body: [{ seq: 7, kind: "delivered", booked_at: at(24, "14:22"), terms: 1, shipment_id: "shp_1000", parcels_count: 1, weight_g: 400, price: yuan(5500), taken: null, stored: [] }] };
  if (path === "/v1/statements") return { body: statement };
  if (path === "/v1/webhook-endpoints" && method === "POST") return { status: 201, body: { ...endpoints[0], ...JSON.parse(body), id: "whe_3", secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" } };
  if (path === "/v1/webhook-endpoints") return { body: EMPTY ? [] : endpoints };
  if (path === "/v1/webhook-messages") return page(EMPTY ? [] : messages.filter((each) => !url.searchParams.get("state") || each.deliveries[0].state === url.searchParams.get("state")), url);
  if (/\/(resend|replay|enable|test)$/.test(path)) return { status: 202, body: {} };
  return null;
}
