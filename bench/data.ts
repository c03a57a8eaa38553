// The documents that the benchmarks time and the tests check, and the ways to cut them up.
// `twitter` is the well-known file; the other two are generated look-alikes of the well-known `citm_catalog.json`
// and `canada.json`: the same shape, size and kind of numbers, from a generator with a fixed seed.
import { readFileSync } from "node:fs";

export interface Document {
  readonly name: string;
  readonly text: string;
}

export function documents(): Document[] {
  return [
    { name: "twitter", text: twitter() },
    { name: "citm", text: catalogue() },
    { name: "canada", text: coordinates() },
  ];
}

/** A path inside the repository, whether this file runs from `bench/` or from `dist/bench/`. */
export function inRepository(path: string): URL {
  return new URL(path, import.meta.resolve("sluice/package.json"));
}

export function twitter(): string {
  return flat(readFileSync(inRepository("spec/corpora/twitter.json"), "utf8"));
}

/** Mulberry32: small, and the same numbers everywhere. */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const words = [
  ..."Berliner Philharmoniker Orchestre de Paris Festival d'été Concert du Nouvel An Quatuor à cordes".split(" "),
  ..."Première catégorie Arrière-scène central Balcon côté jardin Musique de chambre Récital Parterre".split(" "),
];

/** Like `citm_catalog.json`: lookup tables by numeric-string keys, then events and performances; indented by four. */
function catalogue(): string {
  const random = randomNumbers(20_130_701);
  const upTo = (n: number): number => Math.floor(random() * n);
  const pick = <T>(from: readonly T[]): T => from[upTo(from.length)] as T;
  const several = <T>(least: number, most: number, make: () => T): T[] =>
    Array.from({ length: least + upTo(most - least + 1) }, make);
  const id = (prefix: number): number => prefix * 1e6 + upTo(1e6);
  const ids = (count: number, prefix: number): number[] =>
    [...new Set(Array.from({ length: count }, () => id(prefix)))].sort((a, b) => a - b);
  const title = (): string => several(2, 6, () => pick(words)).join(" ");
  const named = (keys: readonly (number | string)[]): Record<string, string> =>
    Object.fromEntries(keys.map((key) => [key, title()]));

  const areas = ids(17, 205);
  const audiences = ids(1, 337);
  const seats = ids(64, 338);
  const subTopics = ids(19, 337);
  const topics = ids(4, 107);
  const events = ids(184, 138);
  const venues = ["PLEYEL_PLEYEL", "BASTILLE_OPERA", "CITE_MUSIQUE_AMPHI"];
  return flat(
    JSON.stringify(
      {
        areaNames: named(areas),
        audienceSubCategoryNames: named(audiences),
        blockNames: {},
        events: Object.fromEntries(
          events.map((event) => [
            event,
            {
              description: null,
              id: event,
              logo: random() < 0.4 ? `/images/UE0AAAAACEKo${id(6)}AAAABVlJS` : null,
              name: title(),
              subTopicIds: several(2, 4, () => pick(subTopics)),
              subjectCode: null,
              subtitle: null,
              topicIds: several(1, 3, () => pick(topics)),
            },
          ]),
        ),
        performances: Array.from({ length: 243 }, () => {
          const categories = several(3, 6, () => pick(seats));
          return {
            eventId: pick(events),
            id: id(339),
            logo: null,
            name: null,
            prices: categories.map((seatCategoryId) => ({
              amount: 250 * (20 + upTo(600)),
              audienceSubCategoryId: pick(audiences),
              seatCategoryId,
            })),
            seatCategories: categories.map((seatCategoryId) => ({
              areas: several(3, 12, () => ({ areaId: pick(areas), blockIds: [] })),
              seatCategoryId,
            })),
            seatMapImage: null,
            start: 1_372_701_600_000 + 3_600_000 * upTo(9000),
            venueCode: pick(venues),
          };
        }),
        seatCategoryNames: named(seats),
        subTopicNames: named(subTopics),
        subjectNames: {},
        topicNames: named(topics),
        topicSubTopics: Object.fromEntries(topics.map((topic) => [topic, several(3, 9, () => pick(subTopics))])),
        venueNames: named(venues),
      },
      null,
      4,
    ),
  );
}

/** Like `canada.json`: one GeoJSON polygon, 56,000 pairs of decimals with 15 to 17 significant digits. */
function coordinates(): string {
  const random = randomNumbers(1867);
  const decimal = (x: number): string =>
    (Math.round(x * 1e6) / 1e6).toFixed(15).replace(/0+$/, "").replace(/\.$/, ".0");
  const rings: string[] = [];
  for (let left = 56_000; left > 0; ) {
    const length = Math.min(left, 4 + Math.floor(random() ** 3 * 460));
    let longitude = -140 + random() * 85;
    let latitude = 43 + random() * 38;
    const first = `[${decimal(longitude)},${decimal(latitude)}]`;
    const ring = [first];
    while (ring.length < length - 1) {
      longitude += (random() - 0.5) / 10;
      latitude += (random() - 0.5) / 10;
      ring.push(`[${decimal(longitude)},${decimal(latitude)}]`);
    }
    ring.push(first);
    rings.push(`[${ring.join(",")}]`);
    left -= length;
  }
  const polygon = `{"type":"Polygon","coordinates":[${rings.join(",\n")}]}`;
  const feature = `{ "type": "Feature",\n"properties": { "name": "Canada" },\n"geometry": ${polygon} }`;
  return flat(`{\n"type": "FeatureCollection",\n"features": [\n${feature}\n]\n}\n`);
}

/** The same text as one block of memory: not a rope, and no slice that keeps a larger string alive. */
function flat(text: string): string {
  return JSON.parse(JSON.stringify(text)) as string;
}

/** Pieces of `size` UTF-16 units, each in memory of its own, as a decoder would hand them out. */
export function cutText(text: string, size: number): string[] {
  const pieces: string[] = [];
  for (let at = 0; at < text.length; at += size) pieces.push(flat(text.slice(at, at + size)));
  return pieces;
}

/** Pieces of `size` bytes of UTF-8, each a `Buffer` of its own (some peers need more than a `Uint8Array`). */
export function cutBytes(text: string, size: number): Buffer[] {
  const bytes = Buffer.from(text);
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += size) pieces.push(Buffer.from(bytes.subarray(at, at + size)));
  return pieces;
}
