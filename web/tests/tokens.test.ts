import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { apart, contrast, EYES } from "./colour-maths";

const css = readFileSync(new URL("../src/shared/tokens.css", import.meta.url), "utf8");

/** The colours of the first block after a selector. */
function coloursAfter(selector: string): Record<string, string> {
  const from = css.indexOf(selector);
  expect(from).toBeGreaterThan(-1);
  const block = css.slice(from, css.indexOf("}", from));
  return Object.fromEntries([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]));
}

const light = coloursAfter(":root {");
const darkBySystem = coloursAfter(':root:not([data-theme="light"])');
const darkByChoice = coloursAfter(':root[data-theme="dark"]');
const schemes = { light, dark: darkByChoice };

it("knows every colour in both schemes, and one dark only", () => {
  expect(Object.keys(darkByChoice).sort()).toEqual(Object.keys(light).sort());
  expect(darkBySystem).toEqual(darkByChoice);
});

const AA_TEXT = 4.5;
const AA_SHAPE = 3;
const ROUTES_APART_MIN = 0.1;

const GROUNDS = ["paper", "paper-raised", "paper-sunk"];
const STATES = ["on-time", "at-risk", "broken", "done"];
const TEXT_PAIRS = [
  ...GROUNDS.flatMap((ground) => ["ink", "ink-2", "accent", ...STATES].map((text) => [text, ground])),
  ...STATES.flatMap((state) => [[state, `${state}-soft`], ["ink", `${state}-soft`]]),
  ["on-accent", "accent"],
  ["on-accent", "accent-press"],
  ["ink", "accent-soft"],
  ["accent", "accent-soft"],
  ["map-label", "map-land"],
];

describe.each(Object.entries(schemes))("in the %s scheme", (_, colours) => {
  const of = (name: string | undefined) => colours[name ?? ""] ?? "";

  it("every text can be read (AA)", () => {
    const faint = TEXT_PAIRS.filter(([text, ground]) => contrast(of(text), of(ground)) < AA_TEXT);
    expect(faint).toEqual([]);
  });

  it("the edges of fields and the routes on the map can be seen", () => {
    const routes = Object.keys(colours).filter((name) => name.startsWith("route-"));
    const pairs = [...GROUNDS.map((ground) => ["line-strong", ground]), ...routes.flatMap((route) => [[route, "map-land"], [route, "paper"]])];
    expect(pairs.filter(([shape, ground]) => contrast(of(shape), of(ground)) < AA_SHAPE)).toEqual([]);
  });

  // Five times what is just seen: far enough for thin lines. Beyond eight, routes are told apart by their number.
  it.each(Object.keys(EYES))("routes stay apart for an eye of kind %s", (eye) => {
    const routes = Object.keys(colours).filter((name) => name.startsWith("route-"));
    const close = routes.flatMap((one, index) => routes.slice(index + 1).map((other) => [one, other, apart(of(one), of(other), eye).toFixed(3)] as const));
    expect(close.filter(([, , distance]) => Number(distance) < ROUTES_APART_MIN)).toEqual([]);
  });
});
