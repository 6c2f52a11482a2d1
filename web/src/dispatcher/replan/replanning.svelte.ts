/** What happened, the proposal that answers it, and what became of it. */

import { newKey, post, Trouble } from "../../shared/api/client";
import type { Schemas } from "../../shared/api/contract";
import type { Desk } from "../desk.svelte";
import { momentIn } from "./zoned";

export type Replan = Schemas["ReplanOut"];
export type Spot = Schemas["SpotOut"];
export type Kind = Schemas["Kind"];

export const KINDS: readonly Kind[] = ["insert", "vehicle_lost", "delay", "window", "cancel", "refuse"];
export const ofARun = (kind: Kind): boolean => kind === "vehicle_lost" || kind === "delay";

/** How long the search may take: a lost van is worth more thought than one more door. */
const SECONDS: Partial<Record<Kind, number>> = { vehicle_lost: 3 };
const SECONDS_USUAL = 1;

export class Replanning {
  open = $state(false);
  kind: Kind = $state("insert");
  shipmentId = $state("");
  runId = $state("");
  minutes = $state(30);
  from = $state("14:00");
  until = $state("16:00");
  busy: "ask" | "accept" | "discard" | null = $state(null);
  proposal: Replan | null = $state.raw(null);
  accepted = $state(false);
  trouble: unknown = $state.raw(null);
  readonly #desk: Desk;

  readonly ready = $derived(ofARun(this.kind) ? this.runId !== "" : this.shipmentId !== "");

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** Opens the form, on what is selected if it can be meant. */
  begin(): void {
    this.open = true;
    this.accepted = false;
    this.runId = this.#desk.chosenRun?.id ?? "";
    this.shipmentId = this.#desk.selection.shipmentId ?? "";
  }

  close(): void {
    this.open = false;
    this.proposal = null;
    this.trouble = null;
  }

  async ask(): Promise<void> {
    await this.#act("ask", async () => {
      const { on, depotId } = this.#desk;
      const body = { on, depot_ids: depotId ? [depotId] : [], seconds: SECONDS[this.kind] ?? SECONDS_USUAL, changes: [this.#change()] };
      this.proposal = await post<Replan>("/v1/replans", { body, idempotencyKey: newKey() });
    });
  }

  async accept(): Promise<void> {
    await this.#act("accept", async () => {
      await post(`/v1/replans/${this.proposal?.id}/accept`);
      this.close();
      this.accepted = true;
      await this.#desk.load();
    });
  }

  async discard(): Promise<void> {
    await this.#act("discard", async () => {
      await post(`/v1/replans/${this.proposal?.id}/discard`);
      this.proposal = null;
    });
  }

  #change() {
    const { kind } = this;
    if (kind === "delay") return { kind, run_id: this.runId, minutes: this.minutes };
    if (ofARun(kind)) return { kind, run_id: this.runId };
    if (kind !== "window") return { kind, shipment_id: this.shipmentId };
    const moment = (time: string) => momentIn(this.#desk.on, time, this.#desk.timeZone);
    return { kind, shipment_id: this.shipmentId, window: { start: moment(this.from), end: moment(this.until) } };
  }

  async #act(what: NonNullable<Replanning["busy"]>, work: () => Promise<void>): Promise<void> {
    this.busy = what;
    this.trouble = null;
    try {
      await work();
    } catch (error) {
      this.trouble = error instanceof Trouble ? error : new Trouble("server");
    }
    this.busy = null;
  }
}
