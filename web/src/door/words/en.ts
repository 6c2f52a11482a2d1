export default {
  "title": "Who are you?",
  "greeting": "You are logged in as {name}.",
  "buyer": "I am waiting for a parcel",
  "buyer.rest": "Where it is, when it comes, what is to be paid.",
  "merchant": "I send parcels",
  "merchant.rest": "My shipments, the money collected for me, my webhooks.",
  "dispatcher": "I plan the day",
  "dispatcher.rest": "Orders, routes, vans, and what is going wrong.",
} as const;
