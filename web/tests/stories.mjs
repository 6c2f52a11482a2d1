/** One story for every situation a buyer may find herself in. Invented. */

const TODAY = "2026-11-24";
const at = (time, day = TODAY) => `${day}T${time}:00+08:00`;

const base = {
  tracking_no: "LG7H2K4M9Q",
  merchant_name: "Longjing Tea House",
  status: "in_transit",
  headline_key: "headline.in_transit",
  reason: null,
  milestone_no: 1,
  promise: { start: at("14:00"), end: at("16:00") },
  eta: null,
  stops_before: null,
  vehicle: null,
  destination: null,
  cod: null,
  pickup: null,
  timeline: [
    { seq: 1, at: at("18:12", "2026-11-23"), status: "pending", key: "event.accepted", params: {} },
    { seq: 2, at: at("20:40", "2026-11-23"), status: "picked_up", key: "event.received", place: "Binjiang depot", params: {} },
    { seq: 3, at: at("09:41"), status: "in_transit", key: "event.carrier.in_transit", place: "Hangzhou", params: {} },
  ],
  seq: 3,
  epoch: "e1",
  feed: { ws_url: null, sse_url: null },
  as_of: at("13:58"),
  time_zone: "Asia/Shanghai",
  ended_at: null,
  disclosure: "full",
};

const loaded = { seq: 4, at: at("13:02"), status: "out_for_delivery", key: "event.departed", place: "Gongshu depot", params: {} };
const tell = (changes, ...more) => {
  const timeline = [...base.timeline, ...more];
  const headline_key = `headline.${changes.status ?? base.status}`;
  return { ...base, headline_key, ...changes, timeline, seq: timeline.length };
};

const near = tell(
  {
    status: "out_for_delivery",
    milestone_no: 2,
    eta: { start: at("14:10"), end: at("14:40"), as_of: at("13:57"), moved_reason: null },
    stops_before: 3,
    vehicle: { lat: 30.289, lon: 120.142, as_of: at("13:57") },
    destination: { lat: 30.2795, lon: 120.1268 },
    cod: { due: { amount_minor: 12800, currency: "CNY" }, paid: false },
  },
  loaded,
);

const store = {
  code: "472913",
  site_name: "FamilyShop Wen'er Road",
  address: "88 Wen'er Road, Xihu, Hangzhou",
  point: { lat: 30.2841, lon: 120.1312 },
  open_until: at("22:00"),
  keep_until: at("22:00", "2026-11-27"),
};

export const stories = {
  new: { ...base, status: "pending", milestone_no: 0, promise: null, timeline: base.timeline.slice(0, 1), seq: 1 },
  way: base,
  near,
  late: { ...near, eta: { ...near.eta, start: at("15:40"), end: at("16:20"), moved_reason: "earlier_stops" }, stops_before: 9 },
  broken: { ...near, eta: { ...near.eta, start: at("16:30"), end: at("17:00"), moved_reason: "traffic" }, stops_before: 1 },
  failed: tell(
    { status: "delivery_failed", milestone_no: 2, promise: near.promise, cod: near.cod },
    loaded,
    { seq: 5, at: at("13:51"), status: "delivery_failed", key: "event.failed", params: { reason: "recipient_absent" } },
  ),
  store: tell(
    { status: "ready_for_pickup", milestone_no: 2, promise: null, pickup: store, cod: near.cod },
    loaded,
    { seq: 5, at: at("13:40"), status: "ready_for_pickup", key: "event.ready_for_pickup", place: store.site_name, params: {} },
  ),
  done: tell(
    { status: "delivered", milestone_no: 3, ended_at: at("14:22"), as_of: at("14:30"), cod: { ...near.cod, paid: true } },
    loaded,
    { seq: 5, at: at("14:21"), status: null, key: "event.paid", params: { amount_minor: 12800, currency: "CNY", means: "qr" } },
    { seq: 6, at: at("14:22"), status: "delivered", key: "event.delivered", params: { to_whom: "J. Li" } },
  ),
  back: tell(
    { status: "return_to_sender", milestone_no: 2 },
    loaded,
    { seq: 5, at: at("14:20"), status: "delivery_failed", key: "event.refused", params: { reason: "recipient_refused" } },
    { seq: 6, at: at("17:55"), status: "return_to_sender", key: "event.returned_to_depot", params: {} },
  ),
};
