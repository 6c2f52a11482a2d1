export default {
  "title": "Log in",
  "login": "Login name",
  "password": "Password",
  "password.show": "Show the password",
  "go": "Log in",
  "missing": "Please fill this in.",
  "wrong": "Login name or password is not right.",
  "wrong.rest": "Mind upper and lower case. Whoever keeps your accounts can set a new password.",
} as const;
