import { expect, it } from "vitest";
import { toCsv } from "./csv";

it("quotes what needs it and lets nothing be run as a formula", () => {
  const rows = [["a, b", 'say "hi"'], ["=1+1", -5], ["two\nlines", "茶"]];
  expect(toCsv(["one", "two"], rows)).toBe('one,two\r\n"a, b","say ""hi"""\r\n\'=1+1,-5\r\n"two\nlines",茶\r\n');
});
