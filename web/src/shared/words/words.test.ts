import { describe, expect, it } from "vitest";
import { fill, holes, nearest, type Text, type Words } from "./plain";

/** Every folder that holds texts, with its three languages. */
const files = import.meta.glob<Words>(["../../**/words/{en,zh-CN,zh-TW}.ts"], { eager: true, import: "default" });
const folders = [...new Set(Object.keys(files).map((path) => path.replace(/[^/]+$/, "")))];

const wordsOf = (folder: string, language: string): Words => files[`${folder}${language}.ts`] ?? {};

describe.each(folders)("the texts in %s", (folder) => {
  const english = wordsOf(folder, "en");

  it.each(["zh-CN", "zh-TW"])("are complete in %s, with the same holes", (language) => {
    const other = wordsOf(folder, language);
    expect(Object.keys(other).sort()).toEqual(Object.keys(english).sort());
    const uneven = Object.keys(english).filter((key) => String(holes(english[key] as Text)) !== String(holes(other[key] as Text)));
    expect(uneven).toEqual([]);
  });

  it("are Chinese in Chinese: no text is left in English, none has a half-width comma after a character", () => {
    const same = ["zh-CN", "zh-TW"].flatMap((language) =>
      Object.entries(wordsOf(folder, language)).filter(
        ([key, text]) => (typeof text === "string" && text === english[key] && /[a-z]{3}/i.test(text.replace(/\{\w+\}/g, ""))) || /[\u3000-\u9fff）}][,;:?!]/.test(String(text)),
      ),
    );
    // Words that are the same everywhere: file formats and the name of a technique.
    expect(same.filter(([, text]) => !/^(CSV|Webhook|Webhooks|API|URL)$/.test(String(text)))).toEqual([]);
  });
});

describe("saying", () => {
  it("fills holes, and leaves an unfilled one to be seen", () => {
    expect(fill("Open until {time}", "en", { time: "22:00" })).toBe("Open until 22:00");
    expect(fill("Open until {time}", "en")).toBe("Open until {time}");
  });

  it("counts as the language counts", () => {
    const stops = { one: "{count} stop", other: "{count} stops" };
    expect([0, 1, 2].map((count) => fill(stops, "en", { count }))).toEqual(["0 stops", "1 stop", "2 stops"]);
  });

  it.each([
    [["zh-TW"], "zh-TW"],
    [["zh-Hant-HK"], "zh-TW"],
    [["zh-SG"], "zh-CN"],
    [["zh"], "zh-CN"],
    [["pt-BR", "en-US"], "en"],
    [[null, "de"], "en"],
    [["pt-BR", "zh-CN"], "zh-CN"],
  ] as const)("%s is answered in %s", (asked, language) => {
    expect(nearest(asked)).toBe(language);
  });
});
