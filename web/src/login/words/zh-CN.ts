export default {
  "title": "登录",
  "login": "登录名",
  "password": "密码",
  "password.show": "显示密码",
  "go": "登录",
  "missing": "请填写这一项。",
  "wrong": "登录名或密码不对。",
  "wrong.rest": "请注意大小写。忘记密码时，请联系管理账号的同事重设。",
} as const;
