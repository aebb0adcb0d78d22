import { decay, INTEREST_HALF_LIFE_MS } from '../core/profile.ts';
import type { RankCandidate } from './candidate.ts';
import type { Put } from './features.ts';
import { ATTENTION, type Prepared } from './prepare.ts';

/** Likeness to these many newest items is looked at by itself. */
const NEWEST = 5;

/** What is known of one word in one list; each already times the word's weight. */
interface WordFacts {
  readonly weight: number;
  /** Places in `recent` of the items with this word. */
  readonly ranks: readonly number[];
  readonly searched: number;
  readonly long: number;
  readonly visit: number;
  readonly visits: number;
}

/**
 * Compares titles with those of the items touched lately, with all words met, and with the words searched for.
 * Words weigh by how rare they are in this list: one that all candidates share says nothing.
 */
export function createTitles(
  prepared: Prepared,
  candidates: readonly RankCandidate[],
): (candidate: RankCandidate, put: Put) => void {
  const { profile, recent, postings, queryTokens, now } = prepared;
  const rarity = rarityOf(candidates);
  const weightOf = (token: number): number => rarity.get(token) ?? 1;
  const recentNorm = recent.map(({ titleTokens }) => normOf(titleTokens ?? [], weightOf));
  const attention = recent.map((_, rank) => ATTENTION ** rank);
  const overlap = new Float64Array(recent.length);
  const touched: number[] = []; // ranks with an overlap, so that the others need no look

  const facts = new Map<number, WordFacts>(); // titles of one list share most of their words
  const factOf = (token: number): WordFacts => {
    const known = facts.get(token);
    if (known !== undefined) return known;
    const weight = weightOf(token);
    const evidence = profile.words.get(token);
    const fact = {
      weight,
      ranks: postings.get(token) ?? [],
      searched: queryTokens.has(token) ? weight : 0,
      long:
        evidence === undefined
          ? 0
          : weight * Math.log1p(evidence.weight * decay(now - evidence.at, INTEREST_HALF_LIFE_MS)),
      visit: evidence?.visit === profile.visit ? weight * Math.log1p(evidence.inVisit) : 0,
      visits: evidence === undefined ? 0 : (weight * evidence.visits) / (profile.visit + 2),
    };
    facts.set(token, fact);
    return fact;
  };

  return ({ id, tokens }, put) => {
    if (tokens.length === 0) return;
    for (const rank of touched.splice(0)) overlap[rank] = 0;
    let total = 0;
    let square = 0;
    let long = 0;
    let visit = 0;
    let visits = 0;
    let searched = 0;
    for (const token of tokens) {
      const fact = factOf(token);
      total += fact.weight;
      square += fact.weight * fact.weight;
      searched += fact.searched;
      long += fact.long;
      visit += fact.visit;
      visits += fact.visits;
      for (const rank of fact.ranks) {
        if (overlap[rank] === 0) touched.push(rank);
        overlap[rank] = (overlap[rank] ?? 0) + fact.weight * fact.weight;
      }
    }
    if (total === 0) return;
    put('words.long', long / total);
    put('words.visit', visit / total);
    put('words.visits', visits / total);
    put('search.words', searched / total);

    const norm = Math.sqrt(square);
    let newest = 0;
    let maxVisit = 0;
    let maxEarlier = 0;
    let attended = 0;
    for (const rank of touched) {
      const item = recent[rank];
      if (item === undefined || item.itemId === id) continue;
      const cosine = (overlap[rank] ?? 0) / (norm * (recentNorm[rank] ?? 1));
      if (rank === 0) put('title.last', cosine);
      if (rank < NEWEST && cosine > newest) newest = cosine;
      if (item.visit === profile.visit) maxVisit = Math.max(maxVisit, cosine);
      else maxEarlier = Math.max(maxEarlier, cosine);
      attended += cosine * (attention[rank] ?? 0);
    }
    put('title.max5', newest);
    put('title.maxVisit', maxVisit);
    put('title.maxEarlier', maxEarlier);
    put('title.attention', attended);
  };
}

/** Inverse document frequency within this list, 1 for a word of one candidate, near 0 for one of all. */
function rarityOf(candidates: readonly RankCandidate[]): Map<number, number> {
  const rarity = new Map<number, number>();
  for (const { tokens } of candidates)
    for (const token of tokens) rarity.set(token, (rarity.get(token) ?? 0) + 1);
  const count = candidates.length;
  for (const [token, lists] of rarity)
    rarity.set(token, Math.log((count + 1) / (lists + 0.5)) / Math.log(count + 1));
  return rarity;
}

function normOf(tokens: readonly number[], weightOf: (token: number) => number): number {
  return Math.sqrt(tokens.reduce((sum, token) => sum + weightOf(token) ** 2, 0));
}
