/**
 * The texts of every screen, by key, in three languages.
 *
 * A door has its own `words/{en,zh-CN,zh-TW}.ts` and makes its `say` from them:
 * `export const say = speaker({ en, "zh-CN": zhCN, "zh-TW": zhTW })`. What all doors say lies here.
 * `say` reads the language as a rune, so a screen changes its words the moment the reader changes the language.
 */

import type { Language } from "../format";
import en from "./en";
import { fill, nearest, type Params, type Text } from "./plain";
import zhCN from "./zh-CN";
import zhTW from "./zh-TW";

export const LANGUAGES: readonly { code: Language; name: string }[] = [
  { code: "en", name: "English" },
  { code: "zh-CN", name: "简体中文" },
  { code: "zh-TW", name: "繁體中文" },
];

const REMEMBERED = "language";

function remembered(): string | null {
  try {
    return localStorage.getItem(REMEMBERED);
  } catch {
    return null; // private windows may refuse storage; the browser's own language is then good enough
  }
}

function first(): Language {
  if (typeof location === "undefined") return "en";
  return nearest([new URLSearchParams(location.search).get("lang"), remembered(), ...navigator.languages]);
}

class Speech {
  language: Language = $state(first());

  choose(language: Language): void {
    this.language = language;
    document.documentElement.lang = language;
    try {
      localStorage.setItem(REMEMBERED, language);
    } catch {
      // not remembered, still spoken
    }
  }
}

export const speech = new Speech();

type Three<Own> = Record<Language, Own>;
type Sameness<Own> = { [Key in keyof Own]: Text };

const SHARED: Three<Sameness<typeof en>> = { en, "zh-CN": zhCN, "zh-TW": zhTW };

/** Makes the `say` of a door from its own words and the shared ones. */
export function speaker<Own extends Record<string, Text>>(own: Three<Sameness<Own>> & { en: Own }) {
  type Key = Extract<keyof Own | keyof typeof en, string>;
  const all = Object.fromEntries(
    LANGUAGES.map(({ code }) => [code, { ...SHARED[code], ...own[code] }]),
  ) as unknown as Three<Record<string, Text>>;
  const say = (key: Key, params?: Params): string =>
    fill(all[speech.language][key] ?? key, speech.language, params);
  /** For keys that come over the wire: the text if we have it, else `null`. */
  const sayIfKnown = (key: string, params?: Params): string | null => {
    const text = all[speech.language][key];
    return text === undefined ? null : fill(text, speech.language, params);
  };
  return Object.assign(say, { ifKnown: sayIfKnown });
}

/** The shared words alone, for shared parts. */
export const say = speaker({ en: {}, "zh-CN": {}, "zh-TW": {} });
