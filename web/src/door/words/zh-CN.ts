export default {
  "title": "您是哪一位？",
  "greeting": "您已登录：{name}。",
  "buyer": "我在等包裹",
  "buyer.rest": "到哪儿了、几点送到、要付多少钱。",
  "merchant": "我是商家",
  "merchant.rest": "我的货、代收的货款、我的 Webhook。",
  "dispatcher": "我负责调度",
  "dispatcher.rest": "订单、路线、车辆，以及哪里出了问题。",
} as const;
