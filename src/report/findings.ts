// Summarizes results in sentences, such as the highest score on each set and whether it is clearly ahead of the next.

import { byteSize, duration, thousands } from '../base/format-numbers.ts';
import type { ComparisonDocument } from './comparison-document.ts';
import { interval, measureTitles, probability, score, signed } from './figures.ts';
import { scorePanels } from './score-plot.ts';

export function findings(document: ComparisonDocument): string[] {
  return [...scorePanels(document).flatMap((panel) => scoreFinding(document, panel)), ...otherFindings(document)];
}

function scoreFinding(
  { differences }: ComparisonDocument,
  { set, measure, rows }: ReturnType<typeof scorePanels>[number],
) {
  const [best, next] = [...rows].sort((a, b) => b.value - a.value);
  if (best === undefined || next === undefined) return [];
  const of = `${set} (${measureTitles[measure]})`;
  const found = differences.find(
    (one) =>
      one.set === set &&
      one.measure === measure &&
      ((one.first === best.name && one.second === next.name) || (one.first === next.name && one.second === best.name)),
  );
  const lead = `On ${of}, ${best.name} scores highest: ${score(best.value)}`;
  if (found === undefined) return [`${lead}.`];
  const turned = found.first === best.name ? 1 : -1;
  const ends = [turned * found.low, turned * found.high].sort((a, b) => a - b) as [number, number];
  // The p-value is corrected for the selection of the best and the second best among all pairs of routes.
  const clear = ends[0] > 0 && found.pCorrected < 0.05 ? 'ahead of' : 'not clearly ahead of';
  const by = `${signed(turned * found.difference)}, 95 % interval ${interval(ends[0], ends[1])}, corrected p ${probability(found.pCorrected)}`;
  return [`${lead}, ${clear} ${next.name} (${by}, over the ${thousands(found.used)} items that both answered).`];
}

function otherFindings({ agreement, overlap, map, routes }: ComparisonDocument): string[] {
  const found: string[] = [];
  const ranked = agreement.randomPairs.filter(({ spearman }) => spearman !== undefined);
  ranked.sort((a, b) => b.spearman! - a.spearman!);
  const [closest, furthest] = [ranked[0], ranked.at(-1)];
  if (closest !== undefined && furthest !== undefined && closest !== furthest) {
    found.push(
      `${closest.first} and ${closest.second} agree most on the ranking of random pairs of frequent words (Spearman ${score(closest.spearman)}), ${furthest.first} and ${furthest.second} agree least (${score(furthest.spearman)}).`,
    );
  }
  const means = overlap.pairs.map(({ first, second, bands }) => ({
    first,
    second,
    from: bands[0],
    to: bands.at(-1)!,
  }));
  if (means.length > 0 && means[0].from.from !== means[0].to.from) {
    const mean = (of: (one: (typeof means)[number]) => number) =>
      (means.reduce((sum, one) => sum + of(one), 0) / means.length).toFixed(2);
    found.push(
      `Two routes share ${mean((one) => one.from.overlap)} of the ${overlap.k} nearest words of the most frequent words on average, and ${mean((one) => one.to.overlap)} of the rarest.`,
    );
  }
  const pure = (map?.maps ?? []).filter(({ purity }) => purity !== undefined);
  if (pure.length > 0) {
    const description = pure.map(({ route, purity }) => `${route} ${purity!.toFixed(2)}`).join(', ');
    found.push(
      `Share of nearest words in the same WordNet class: ${description}; by chance ${map!.purityByChance!.toFixed(2)}.`,
    );
  }
  const costs = routes.filter(({ seconds }) => seconds !== undefined);
  if (costs.length > 0) {
    const description = costs.map(({ name, seconds, memory }) => {
      return `${name} ${duration(seconds!)}${memory === undefined ? '' : ` and ${byteSize(memory)}`}`;
    });
    found.push(`Time to build: ${description.join(', ')}.`);
  }
  return found;
}
