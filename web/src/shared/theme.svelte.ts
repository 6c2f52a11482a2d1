/** Light, dark, or as the system: an attribute on the root that `tokens.css` reads. */

export type Theme = "system" | "light" | "dark";

const REMEMBERED = "theme";

function remembered(): Theme {
  try {
    const found = localStorage.getItem(REMEMBERED);
    return found === "light" || found === "dark" ? found : "system";
  } catch {
    return "system";
  }
}

class Appearance {
  chosen: Theme = $state(remembered());

  apply(): void {
    if (this.chosen === "system") delete document.documentElement.dataset["theme"];
    else document.documentElement.dataset["theme"] = this.chosen;
  }

  choose(next: Theme): void {
    this.chosen = next;
    this.apply();
    document.dispatchEvent(new Event("themechange"));
    try {
      localStorage.setItem(REMEMBERED, next);
    } catch {
      // shown now, forgotten later
    }
  }

  /** Calls back when the colours of the page change, by choice or by the system; returns the way to stop. */
  onChange(listener: () => void): () => void {
    const system = matchMedia("(prefers-color-scheme: dark)");
    system.addEventListener("change", listener);
    document.addEventListener("themechange", listener);
    return () => {
      system.removeEventListener("change", listener);
      document.removeEventListener("themechange", listener);
    };
  }
}

export const theme = new Appearance();
