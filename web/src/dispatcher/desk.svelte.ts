/** Everything the planning screen knows and can do; the components only show it and press its buttons. */

import { get, newKey, patch, post, Trouble } from "../shared/api/client";
import type { Config, Money, Page } from "../shared/api/contract";
import { dayOf } from "../shared/format";
import { choosePlan, chooseRun, isNews, releasedPlan, type Selection } from "./choosing";
import type { Wishes } from "./fleet/form";
import { byTrouble, lanesOfRoutes, lanesOfRuns, type Lane } from "./lane";
import { isReady, isWorking, type Changes, type Comparison, type Finding, type Plan, type PlanHead, type PoolItem, type Preview, type Progress, type Run, type RunSummary, type Site, type TaskWays, type VehiclePosition } from "./model";

const RUNS_EVERY_MS = 3000;
const POSITIONS_EVERY_MS = 2000;
const PLAN_EVERY_MS = 1500;
const NEWS_EVERY_MS = 10_000;
const ALL_RUNS_EVERY_MS = 15_000; // expected times move without a stop being done
const RUNS_MAX = 200;
const PLANS_MAX = 200; // of a day, whoever asked for them

/** Where travel times can come from, what somebody set up a server for first. */
export const TRAVELS = ["osrm", "valhalla", "roads", "geodesic"] as const;
export type Travel = (typeof TRAVELS)[number];

export class Desk {
  config: Config | null = $state.raw(null);
  sites: Site[] = $state.raw([]);
  on: string = $state("");
  depotId: string = $state("");
  pool: PoolItem[] | null = $state.raw(null);
  plan: Plan | null = $state.raw(null);
  /** The search that came to nothing last; the plan on screen is the one before it. */
  ended: PlanHead | null = $state.raw(null);
  runs: Run[] = $state.raw([]);
  positions: VehiclePosition[] = $state.raw([]);
  trouble: unknown = $state.raw(null);
  busy: "optimise" | "release" | "stop" | "edit" | null = $state(null);
  /** All vehicles of the depots: also one that stays at home can be given a stop. */
  vehicles: { id: string; name: string; fixed_cost: Money }[] = $state.raw([]);
  ways: TaskWays | null = $state.raw(null);
  comparison: Comparison | null = $state.raw(null);
  /** What the release of this plan could not hand over any more; null: it was not released just now. */
  released: Finding[] | null = $state.raw(null);
  freshAt: Date | null = $state.raw(null);
  selection: Selection = $state({ vehicleId: null, runId: "", shipmentId: null });
  /** On a running day: the plan for what is left of it is looked at, instead of the runs. */
  showsPlan = $state(false);
  /** While runs are followed: a plan that was found after them, and is not on screen. */
  news: PlanHead | null = $state.raw(null);
  #stream: EventSource | null = null;
  #loads = 0;
  #allRunsAt = 0;
  #timers: ReturnType<typeof setInterval>[] = [];

  readonly depots = $derived(this.sites.filter((site) => site.kinds.includes("depot")));
  /** What costs are counted in: as the vehicles are, for a plan has one currency. */
  readonly currency = $derived(this.vehicles[0]?.fixed_cost.currency ?? this.plan?.summary?.cost.currency ?? "CNY");
  readonly travels: Travel[] = $derived(TRAVELS.filter((travel) => this.config?.travels.includes(travel)));
  readonly timeZone = $derived(this.depots[0]?.time_zone ?? "UTC");
  /** Where the vans of the plan on screen start; all depots where none is chosen. */
  readonly depotIds = $derived(this.depotId ? [this.depotId] : this.depots.map((depot) => depot.id));
  readonly following = $derived(this.runs.length > 0 && !this.showsPlan);
  readonly lanes: Lane[] = $derived(this.following ? byTrouble(lanesOfRuns(this.runs)) : lanesOfRoutes(this.plan?.routes ?? []));
  readonly chosenRun: Run | undefined = $derived(this.following ? chooseRun(this.runs, this.selection) : undefined);
  /** Whoever asks may not see anything here, or has to log in first. */
  readonly shut = $derived(this.pool === null && this.trouble instanceof Trouble && ["login", "refused"].includes(this.trouble.kind));
  readonly working = $derived(isWorking(this.plan));
  readonly ready = $derived(isReady(this.plan));
  readonly editable = $derived(this.ready && !this.following);

  /** Loads the day the platform is living in, or the one in the address. */
  async open(): Promise<void> {
    await this.#guard(async () => {
      const [config, sites] = await Promise.all([get<Config>("/v1/config"), get<Site[]>("/v1/sites")]);
      this.config = config;
      this.sites = sites;
      const asked = new URLSearchParams(location.search).get("on");
      this.on = asked ?? dayOf(config.now, this.timeZone);
      await this.load();
    });
    this.#every(RUNS_EVERY_MS, () => this.#follow());
    this.#every(NEWS_EVERY_MS, () => this.readNews());
    this.#every(POSITIONS_EVERY_MS, () => this.#locate());
  }

  close(): void {
    this.#unwatch();
    this.#timers.forEach(clearInterval);
  }

  async goTo(on: string): Promise<void> {
    this.on = on;
    history.replaceState(null, "", `?on=${on}`);
    this.#unwatch();
    this.select(null);
    this.comparison = null;
    this.plan = null;
    this.ended = null;
    this.released = null;
    this.showsPlan = false;
    this.news = null;
    this.pool = null;
    this.runs = [];
    await this.#guard(() => this.load());
  }

  /** Reads the day: the plan that was watched, or the newest; an answer that comes after the next question is dropped. */
  async load(watchedId = ""): Promise<void> {
    const mine = ++this.#loads;
    const isOld = () => mine !== this.#loads;
    try {
      const [pool, plans] = await Promise.all([
        this.#askPool(),
        get<Page<PlanHead>>("/v1/plans", { query: { on: this.on, limit: PLANS_MAX } }),
        this.#follow(),
        this.meetVehicles(),
      ]);
      if (isOld()) return;
      const { shown, ended } = choosePlan(plans.items, this.depotIds, watchedId);
      const news = this.#newsIn(plans.items);
      const head = news ? releasedPlan(plans.items, this.depotIds) : shown;
      const plan = head && (await get<Plan>(`/v1/plans/${head.id}`));
      if (isOld()) return;
      this.ended = ended;
      this.news = news;
      this.#put(plan);
      this.pool = pool;
    } catch (error) {
      if (!isOld()) throw error; // what went wrong on a day that was left is no news
    }
  }

  /** Reads again what waits, for orders come in all day; without an answer the pool stays as it was. */
  async readPool(): Promise<void> {
    const place = this.#place;
    const pool = await this.#askPool().catch(() => null);
    if (pool && place === this.#place) this.pool = pool;
  }

  /** While runs are followed: looks for a plan that was found meanwhile, whoever asked for it. */
  async readNews(): Promise<void> {
    if (!this.following || this.working || this.busy) return;
    const place = this.#place;
    const plans = await get<Page<PlanHead>>("/v1/plans", { query: { on: this.on, limit: PLANS_MAX } });
    if (place === this.#place && this.following && !this.working) this.news = this.#newsIn(plans.items);
  }

  /** Opens the plan for what is left of a running day, or goes back to its runs. */
  async showPlan(shown: boolean): Promise<void> {
    this.showsPlan = shown;
    this.select(null);
    await this.#guard(() => this.load());
  }

  #newsIn(plans: readonly PlanHead[]): PlanHead | null {
    const { shown } = choosePlan(plans, this.depotIds);
    return this.following && isNews(shown, this.runs) ? shown : null;
  }

  select(vehicleId: string | null, shipmentId: string | null = null, runId = ""): void {
    this.selection = { vehicleId, runId, shipmentId };
    this.ways = null;
    if (shipmentId && this.editable) void this.#weigh(shipmentId);
  }

  /** Changes the plan by hand; what breaks comes back with it. */
  async edit(changes: Changes): Promise<void> {
    await this.#change(() => patch<Plan>(`/v1/plans/${this.plan?.id}`, { body: changes, ifMatch: this.#tag }));
  }

  async undo(): Promise<void> {
    if (this.plan?.can_undo) await this.#change(() => post<Plan>(`/v1/plans/${this.plan?.id}/undo`, { ifMatch: this.#tag }));
  }

  async redo(): Promise<void> {
    if (this.plan?.can_redo) await this.#change(() => post<Plan>(`/v1/plans/${this.plan?.id}/redo`, { ifMatch: this.#tag }));
  }

  /** What a change would cost, without doing it; nothing while the line is down. */
  preview(changes: Changes, signal: AbortSignal): Promise<Preview | null> {
    return post<Preview>(`/v1/plans/${this.plan?.id}/preview`, { body: changes, signal }).catch(() => null);
  }

  /** Compares with what the search found; pressing again closes it. */
  async compare(): Promise<void> {
    if (this.comparison) this.comparison = null;
    else await this.#guard(() => this.#readComparison());
  }

  /** Selects an order wherever it is: on a van, in the pool, among those left out. */
  selectShipment(shipmentId: string): void {
    const lane = this.lanes.find((each) => each.blocks.some((block) => block.shipmentIds.includes(shipmentId)));
    this.select(lane?.vehicleId ?? null, shipmentId);
  }

  async optimise(seconds: number, travel: Travel, wishes: Wishes = {}): Promise<void> {
    await this.#act("optimise", async () => {
      const place = this.#place;
      const locks_of = Object.keys(this.plan?.locks ?? {}).length ? this.plan?.id : "";
      const body = { on: this.on, depot_ids: this.depotIds, seconds, travel, locks_of, ...wishes };
      const plan = await post<{ id: string }>("/v1/plans", { body, idempotencyKey: newKey() });
      if (place !== this.#place) return;
      this.released = null;
      this.ended = null;
      await this.#show(plan.id);
    });
  }

  async stopAndTake(): Promise<void> {
    await this.#act("stop", () => post(`/v1/plans/${this.plan?.id}/stop`));
  }

  async cancel(): Promise<void> {
    await this.#act("stop", () => post(`/v1/plans/${this.plan?.id}/cancel`));
  }

  async release(): Promise<void> {
    await this.#act("release", async () => {
      const place = this.#place;
      const path = `/v1/plans/${this.plan?.id}/release`;
      const { findings } = await this.#unlessChanged(() => post<{ findings?: Finding[] }>(path, { idempotencyKey: newKey(), ifMatch: this.#tag }));
      if (place !== this.#place) return;
      this.released = findings ?? [];
      this.showsPlan = false;
      this.comparison = null;
      await this.load();
    });
  }

  /** The version of the plan on screen: whoever decides, decides on what she sees. */
  get #tag(): string {
    return `"${this.plan?.version}"`;
  }

  /** The day and the depots on screen: an answer about others comes too late. */
  get #place(): string {
    return `${this.on} ${this.depotId}`;
  }

  async #change(call: () => Promise<Plan>): Promise<void> {
    if (this.busy) return;
    await this.#act("edit", async () => {
      const plan = await this.#unlessChanged(call);
      if (this.plan?.id !== plan.id) return;
      this.plan = plan;
      this.ended = null;
      if (this.comparison) await this.#readComparison();
    });
    const chosen = this.selection.shipmentId;
    if (chosen) this.selectShipment(chosen);
  }

  /** Does what is based on the plan on screen; where somebody else changed it, shows what it is by now. */
  async #unlessChanged<Answer>(call: () => Promise<Answer>): Promise<Answer> {
    const planId = this.plan?.id;
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof Trouble && error.kind === "changed" && planId)) throw error;
      await this.#show(planId);
      throw error.problem?.status === 412 ? new Trouble("changed") : error; // a number of a version is no word for a person
    }
  }

  async #readComparison(): Promise<void> {
    const planId = this.plan?.id;
    const comparison = await get<Comparison>(`/v1/plans/${planId}/comparison`);
    if (this.plan?.id === planId) this.comparison = comparison;
  }

  /** What each way of a shipment would cost: asked when somebody looks, for it takes a moment. */
  async #weigh(shipmentId: string): Promise<void> {
    const ways = await get<TaskWays>(`/v1/plans/${this.plan?.id}/tasks/${shipmentId}`).catch(() => null);
    if (this.selection.shipmentId === shipmentId) this.ways = ways;
  }

  async meetVehicles(): Promise<void> {
    const { depotId } = this;
    const vehicles = await get<{ id: string; name: string; fixed_cost: Money }[]>("/v1/vehicles", { query: { depot_id: depotId } });
    if (depotId === this.depotId) this.vehicles = vehicles;
  }

  async #askPool(): Promise<PoolItem[]> {
    const { items } = await get<{ items: PoolItem[] }>("/v1/pool", { query: { on: this.on, depot_id: this.depotId } });
    return items;
  }

  async #show(planId: string): Promise<void> {
    const place = this.#place;
    const plan = await get<Plan>(`/v1/plans/${planId}`);
    if (place === this.#place) this.#put(plan);
  }

  #put(plan: Plan | null): void {
    this.plan = plan;
    if (plan && isWorking(plan)) this.#watch(plan.id);
    else this.#unwatch();
  }

  #unwatch(): void {
    this.#stream?.close();
    this.#stream = null;
  }

  /** Follows the search: the figures by stream, the routes themselves every little while. */
  #watch(planId: string): void {
    this.#unwatch();
    const stream = new EventSource(`/v1/plans/${planId}/events`);
    this.#stream = stream;
    let drawnAt = 0;
    stream.addEventListener("progress", (event) => {
      const progress = JSON.parse((event as MessageEvent<string>).data) as Progress;
      if (this.plan?.id === planId) this.plan = { ...this.plan, state: "solving", progress: { ...this.plan.progress, ...progress } };
      if (Date.now() - drawnAt < PLAN_EVERY_MS) return;
      drawnAt = Date.now();
      void this.#refresh(planId);
    });
    stream.addEventListener("done", () => this.#settle(planId));
    stream.onerror = () => void this.#refresh(planId);
  }

  async #refresh(planId: string): Promise<void> {
    const plan = await get<Plan>(`/v1/plans/${planId}`).catch(() => null);
    if (!plan || this.plan?.id !== planId) return;
    if (isWorking(plan)) this.plan = plan;
    else this.#settle(planId);
  }

  /** The search is over: what it found stays on screen, or what was there before if it came to nothing. */
  #settle(planId: string): void {
    if (this.plan?.id !== planId || !this.#stream) return;
    this.#unwatch();
    void this.#guard(() => this.load(planId));
  }

  /** Asks for the runs, and for the stops of those that moved on since we last looked. */
  async #follow(): Promise<void> {
    if (this.working || !this.on) return;
    const [place, depotId] = [this.#place, this.depotId];
    const page = await get<Page<RunSummary>>("/v1/runs", { query: { on: this.on, limit: RUNS_MAX } });
    const items = page.items.filter((item) => !depotId || item.depot_id === depotId);
    const known = new Map(this.runs.map((run) => [run.id, run]));
    const recheck = Date.now() - this.#allRunsAt > ALL_RUNS_EVERY_MS;
    const asked = items.map((item) => {
      const run = known.get(item.id);
      const same = run && run.state === item.state && run.stops_done === item.stops_done;
      return same && !recheck ? run : get<Run>(`/v1/runs/${item.id}`);
    });
    const runs = await Promise.all(asked);
    if (recheck) this.#allRunsAt = Date.now();
    if (place !== this.#place) return;
    this.runs = runs.filter((run) => run.state !== "cancelled").reverse();
    this.freshAt = new Date();
  }

  async #locate(): Promise<void> {
    if (!this.following) return;
    this.positions = await get<VehiclePosition[]>("/v1/vehicles/positions");
  }

  /** What repeats by itself stays quiet when the line is down: the screen then says how old it is. */
  #every(ms: number, work: () => Promise<void>): void {
    this.#timers.push(setInterval(() => !document.hidden && work().catch(() => undefined), ms));
  }

  /** One thing at a time: what is pressed while another is under way does nothing. */
  async #act(what: NonNullable<Desk["busy"]>, work: () => Promise<unknown>): Promise<void> {
    if (this.busy) return;
    this.busy = what;
    await this.#guard(work);
    this.busy = null;
  }

  async #guard(work: () => Promise<unknown>): Promise<void> {
    try {
      this.trouble = null;
      await work();
    } catch (error) {
      this.trouble = error instanceof Trouble ? error : new Trouble("server");
    }
  }
}
