export default {
  "title": "登入",
  "login": "帳號",
  "password": "密碼",
  "password.show": "顯示密碼",
  "go": "登入",
  "missing": "請填寫這一項。",
  "wrong": "帳號或密碼不正確。",
  "wrong.rest": "請注意大小寫。忘記密碼時，請洽管理帳號的同事重設。",
} as const;
