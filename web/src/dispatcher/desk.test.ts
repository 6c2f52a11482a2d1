import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Desk } from "./desk.svelte";
import type { PlanState } from "./model";

/** What the platform answers, by method and path; a function is asked each time. */
type Answers = Record<string, unknown>;

interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Record<string, string>;
}

class Stream {
  static opened: Stream[] = [];
  closed = false;
  onerror: (() => void) | null = null;
  #listeners = new Map<string, (event: unknown) => void>();
  constructor(readonly url: string) {
    Stream.opened.push(this);
  }
  addEventListener(name: string, listener: (event: unknown) => void) {
    this.#listeners.set(name, listener);
  }
  tell(name: string) {
    this.#listeners.get(name)?.({ data: "{}" });
  }
  close() {
    this.closed = true;
  }
}

let answers: Answers;
let asked: Asked[];
/** Lets go the answers to a path that are held back, oldest first. */
let held: Map<string, (() => void)[]>;

const DEPOTS = ["north", "south"].map((id) => ({ id, name: id, kinds: ["depot"], point: { lat: 30, lon: 120 }, time_zone: "UTC" }));
const head = (id: string, state: PlanState, ...depot_ids: string[]) => ({ id, state, depot_ids, error: "" });
const plan = (id: string, state: PlanState, over = {}) => ({
  ...head(id, state, "north"), on: "2026-11-24", version: 3, step: 0, locks: {}, can_undo: true, can_redo: false,
  progress: null, summary: null, routes: [], to_carrier: [], left_out: [], violations: [], findings: [], ...over,
});

async function answer(url: string, { method = "GET", headers = {} }: { method?: string; headers?: Record<string, string> } = {}): Promise<Response> {
  const { pathname: path, searchParams: query } = new URL(url, "http://desk");
  const one: Asked = { method, path, query, headers };
  asked.push(one);
  const waiting = held.get(path);
  if (waiting) await new Promise<void>((resolve) => waiting.push(resolve));
  const key = `${method} ${path}`;
  const found = typeof answers[key] === "function" ? (answers[key] as (asked: Asked) => unknown)(one) : answers[key];
  if (found instanceof Response) return found;
  if (found === undefined) return new Response(JSON.stringify({ status: 404 }), { status: 404, headers: { "content-type": "application/json" } });
  return new Response(JSON.stringify(found), { headers: { "content-type": "application/json" } });
}

/** Lets everything that can go on go on. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

async function deskOf(more: Answers = {}): Promise<Desk> {
  Object.assign(answers, more);
  const desk = new Desk();
  desk.sites = DEPOTS;
  desk.depotId = "north";
  await desk.goTo("2026-11-24");
  return desk;
}

beforeEach(() => {
  asked = [];
  held = new Map();
  Stream.opened = [];
  answers = { "GET /v1/pool": { items: [] }, "GET /v1/plans": { items: [] }, "GET /v1/runs": { items: [] }, "GET /v1/vehicles": [] };
  vi.stubGlobal("fetch", answer);
  vi.stubGlobal("EventSource", Stream);
  vi.stubGlobal("history", { replaceState: () => undefined });
});

afterEach(() => vi.unstubAllGlobals());

describe("the plan on screen", () => {
  it("is the newest of the chosen depots", async () => {
    const items = [head("theirs", "done", "south"), head("ours", "done", "north")];
    const desk = await deskOf({ "GET /v1/plans": { items }, "GET /v1/plans/ours": plan("ours", "done") });
    expect(desk.plan?.id).toBe("ours");
    expect(desk.trouble).toBeNull();
  });

  it("is the one before a search that was cancelled, and says so", async () => {
    const items = [head("new", "solving", "north"), head("old", "done", "north")];
    const desk = await deskOf({
      "GET /v1/plans": { items }, "GET /v1/plans/new": plan("new", "solving"), "GET /v1/plans/old": plan("old", "done"),
    });
    expect(desk.plan?.id).toBe("new");
    answers["GET /v1/plans"] = { items: [head("new", "cancelled", "north"), items[1]] };
    Stream.opened[0]?.tell("done");
    await settled();
    expect([desk.plan?.id, desk.ended?.id, desk.editable]).toEqual(["old", "new", true]);
  });

  it("is the one that was watched, though another was asked for meanwhile", async () => {
    const desk = await deskOf({ "GET /v1/plans": { items: [head("mine", "solving", "north")] }, "GET /v1/plans/mine": plan("mine", "solving") });
    answers["GET /v1/plans"] = { items: [head("later", "queued", "north"), head("mine", "done", "north")] };
    answers["GET /v1/plans/mine"] = plan("mine", "done");
    Stream.opened[0]?.tell("done");
    await settled();
    expect([desk.plan?.id, desk.plan?.state]).toEqual(["mine", "done"]);
  });

  it("does not become that of a day that was left", async () => {
    const desk = await deskOf();
    const pools: (() => void)[] = [];
    held.set("/v1/pool", pools);
    answers["GET /v1/pool"] = ({ query }: Asked) => ({ items: [{ shipment_id: query.get("on") }] });
    answers["GET /v1/plans"] = ({ query }: Asked) => ({ items: [head(query.get("on") ?? "", "done", "north")] });
    answers["GET /v1/plans/2026-11-25"] = plan("2026-11-25", "done");
    answers["GET /v1/plans/2026-11-26"] = plan("2026-11-26", "done");
    const slow = desk.goTo("2026-11-25");
    const quick = desk.goTo("2026-11-26");
    await settled();
    pools[1]?.();
    await quick;
    pools[0]?.();
    await slow;
    expect([desk.on, desk.plan?.id, desk.pool?.[0]?.shipment_id]).toEqual(["2026-11-26", "2026-11-26", "2026-11-26"]);
  });

  it("is no longer watched once the day was left", async () => {
    const desk = await deskOf({ "GET /v1/plans": { items: [head("mine", "solving", "north")] }, "GET /v1/plans/mine": plan("mine", "solving") });
    answers["GET /v1/plans"] = { items: [] };
    await desk.goTo("2026-11-25");
    expect([Stream.opened[0]?.closed, desk.plan]).toEqual([true, null]);
  });
});

describe("the runs on screen", () => {
  const run = (id: string, depot_id: string) => ({ id, plan_id: "pln_1", depot_id, vehicle_id: id, state: "underway", stops: [], stops_done: 0 });
  const runs = { "GET /v1/runs": { items: [run("a", "south")] }, "GET /v1/runs/a": run("a", "south") };

  it("are those of the chosen depot: another's do not end the planning here", async () => {
    expect((await deskOf(runs)).following).toBe(false);
  });

  it("are all where all depots are chosen", async () => {
    const desk = await deskOf(runs);
    desk.depotId = "";
    await desk.goTo(desk.on);
    expect(desk.following).toBe(true);
  });
});

describe("a plan found while runs are followed", () => {
  const run = { id: "a", plan_id: "pln_1", depot_id: "north", vehicle_id: "v", state: "underway", stops: [], stops_done: 0 };
  const day = { "GET /v1/plans": { items: [head("pln_1", "released", "north")] }, "GET /v1/plans/pln_1": plan("pln_1", "released"), "GET /v1/runs": { items: [run] }, "GET /v1/runs/a": run };

  it("is told of, shown when asked for, and only then released", async () => {
    const desk = await deskOf(day);
    expect([desk.following, desk.news]).toEqual([true, null]);
    answers["GET /v1/plans"] = { items: [head("pln_2", "done", "north"), head("pln_1", "released", "north")] };
    answers["GET /v1/plans/pln_2"] = plan("pln_2", "done");
    await desk.readNews();
    expect([desk.plan?.id, desk.following, desk.news?.id, desk.editable]).toEqual(["pln_1", true, "pln_2", false]);
    await desk.showPlan(true);
    expect([desk.plan?.id, desk.following, desk.news, desk.editable, desk.chosenRun]).toEqual(["pln_2", false, null, true, undefined]);
    await desk.showPlan(false);
    expect([desk.plan?.id, desk.following, desk.news?.id]).toEqual(["pln_1", true, "pln_2"]);
    await desk.showPlan(true);
    answers["POST /v1/plans/pln_2/release"] = { runs: [], findings: [] };
    answers["GET /v1/plans"] = { items: [head("pln_2", "released", "north")] };
    answers["GET /v1/plans/pln_2"] = plan("pln_2", "released");
    await desk.release();
    expect([desk.following, desk.news]).toEqual([true, null]);
  });

  it("is no news where it is older than what is under way, still searched for, or of another depot", async () => {
    const desk = await deskOf(day);
    for (const other of [head("pln_0", "done", "north"), head("pln_2", "solving", "north"), head("pln_2", "done", "south")]) {
      answers["GET /v1/plans"] = { items: [other, head("pln_1", "released", "north")] };
      answers[`GET /v1/plans/${other.id}`] = plan(other.id, other.state);
      await desk.readNews();
      expect([desk.plan?.id, desk.news]).toEqual(["pln_1", null]);
    }
  });
});

describe("what changes a plan", () => {
  const found = { "GET /v1/plans": { items: [head("p", "done", "north")] }, "GET /v1/plans/p": plan("p", "done") };
  const sent = (method: string) => asked.filter((each) => each.method === method);

  it("is released as it is on screen", async () => {
    const desk = await deskOf({ ...found, "POST /v1/plans/p/release": { runs: [], findings: [] } });
    await desk.release();
    expect(sent("POST").map((each) => each.headers["if-match"])).toEqual(['"3"']);
    expect(desk.released).not.toBeNull();
  });

  it("is not released where somebody else changed it: what it is by now is shown", async () => {
    const stale = new Response(JSON.stringify({ status: 412, detail: "at version 4" }), { status: 412, headers: { "content-type": "application/json" } });
    const desk = await deskOf({ ...found, "POST /v1/plans/p/release": stale });
    answers["GET /v1/plans/p"] = plan("p", "done", { version: 4 });
    await desk.release();
    expect([desk.plan?.version, desk.released, desk.trouble]).toEqual([4, null, expect.objectContaining({ kind: "changed", problem: null })]);
  });

  it("is done once, however often the key is pressed meanwhile", async () => {
    const desk = await deskOf({ ...found, "POST /v1/plans/p/undo": plan("p", "done", { version: 4 }) });
    const both = [desk.undo(), desk.undo(), desk.edit({ moves: [] })];
    await Promise.all(both);
    expect(asked.filter((each) => each.method !== "GET")).toHaveLength(1);
    expect([desk.plan?.version, desk.busy]).toEqual([4, null]);
  });
});

describe("the pool", () => {
  it("is read again when somebody asks who waits by now", async () => {
    const desk = await deskOf();
    answers["GET /v1/pool"] = { items: [{ shipment_id: "new" }] };
    await desk.readPool();
    expect(desk.pool?.map((item) => item.shipment_id)).toEqual(["new"]);
    answers["GET /v1/pool"] = new Response("", { status: 503 });
    await desk.readPool();
    expect([desk.pool?.length, desk.trouble]).toEqual([1, null]);
  });
});
