export default {
  "title": "您是哪一位？",
  "greeting": "您已登入：{name}。",
  "buyer": "我在等包裹",
  "buyer.rest": "到哪裡了、幾點送到、要付多少錢。",
  "merchant": "我是商家",
  "merchant.rest": "我的貨、代收的貨款、我的 Webhook。",
  "dispatcher": "我負責調度",
  "dispatcher.rest": "訂單、路線、車輛，以及哪裡出了問題。",
} as const;
