import { LIFT_STEPS, MAX_LIFT, MAX_NEIGHBOURS, NO_LIFT } from '../../rank/shard.ts';
import type { Engine } from './engine.ts';
import type { Progress } from './load.ts';
import type { TableSettings } from './table-settings.ts';

/** Distinct customers (orders, where the file has no customer) that a figure needs before it is published. */
export const MIN_CUSTOMERS = 3;
/** "Next" looks this far ahead: weight 1, 1/2, 1/3, held as sixths so that sums are exact in any order. */
const STEP_WEIGHTS = [6, 3, 2];
/** Recency weights as integers, for the same reason. */
const RECENT_UNIT = 2 ** 20;
/** Pairs counted or ordered in one go; more are taken in parts, so that memory stays bounded. */
const PAIRS_AT_ONCE = 4_000_000;

/**
 * Above item numbers of 31 bits and two bytes; with a place of 6 bits the sum is exact in a double. (An ordered
 * `list(...)` would hold a sort for every product at once, which does not fit in memory.)
 */
export const PLACE_UNIT = 2 ** 47;

/** What was counted, for the command's report. */
export interface OrderTotals {
  readonly baskets: number;
  readonly customers: number;
  readonly pairs: number;
  readonly hasCustomers: boolean;
}

/*
 * Lift: log(n / expected), believed by n / (n + shrink), where `expected` is what chance gives two products of their
 * popularity, times (where categories matter) how much more often their two categories meet than chance.
 */
const lift = (n: string, expected: string, { shrink }: TableSettings): string =>
  `(ln(${n} / (${expected})) * (${n} / (${n} + ${shrink})))`;
const claim = ({ countPower }: TableSettings): string => `abs(lift) * pow(n, ${countPower})`;
const quantised = (value: string): string =>
  `(${NO_LIFT} + greatest(${-LIFT_STEPS}, least(${LIFT_STEPS}, round(${value} / ${MAX_LIFT} * ${LIFT_STEPS}))))`;

/**
 * Counts `raw_line` into `popularity(item, n, recent, customers)` and `neighbours(owner, packed)`, where `packed` is
 * a list of place x `PLACE_UNIT` + item number x 65536 + together byte x 256 + next byte; `item(no, id)` names them.
 * A pair of fewer than `MIN_CUSTOMERS` distinct customers is in no row.
 */
export async function countOrders(
  engine: Engine,
  tell: Progress,
  settings: TableSettings,
): Promise<OrderTotals> {
  await numberItems(engine);
  await engine.run(`
    -- each order's products without immediate repeats, as a walk
    CREATE TABLE step AS
      SELECT basket, customer, item, category, (row_number() OVER (PARTITION BY basket ORDER BY seq) - 1)::INTEGER AS pos
      FROM (SELECT *, lag(item) OVER before AS last_item, lag(kind) OVER before AS last_kind FROM line
        WINDOW before AS (PARTITION BY basket ORDER BY seq))
      WHERE last_item IS DISTINCT FROM item OR last_kind IS DISTINCT FROM kind;
    -- each order's distinct products, in order of first appearance
    CREATE TABLE visit AS
      SELECT basket, customer, item, category, (row_number() OVER (PARTITION BY basket ORDER BY min(pos)) - 1)::INTEGER AS pos
      FROM step GROUP BY basket, customer, item, category;
    CREATE TABLE popularity AS
      SELECT item, any_value(category) AS category, count(*) AS n, count(DISTINCT customer) AS customers,
        sum(round(pow(2, (basket / (SELECT count(*) FROM basket) - 1) * 8) * ${RECENT_UNIT})::BIGINT)::BIGINT / ${RECENT_UNIT} AS recent
      FROM visit GROUP BY item;`);
  tell('counting which products go together');
  const together = await countTogether(engine, settings);
  tell('counting which products come next');
  await countNext(engine, settings);
  await rankNeighbours(engine);
  return {
    baskets: await engine.count('SELECT count(*) FROM basket'),
    customers: await engine.count('SELECT count(DISTINCT customer) FROM basket'),
    hasCustomers: (await engine.count('SELECT count(*) FROM raw_line WHERE customer IS NOT NULL')) > 0,
    pairs: together,
  };
}

/** Small numbers instead of texts and hashes; by the ids' own order, so that they do not depend on the run. */
async function numberItems(engine: Engine): Promise<void> {
  await engine.run(`
    CREATE TABLE named AS
      SELECT seq, basket, customer, coalesce(n.id, r.item) AS id, kind, at_ms FROM raw_line r LEFT JOIN name n ON n.name = r.item;
    -- a product that is no longer in the catalogue may still be in a shopper's history: it stays a neighbour
    CREATE TABLE item AS
      SELECT (row_number() OVER (ORDER BY id) - 1)::INTEGER AS no, id,
        (dense_rank() OVER (ORDER BY coalesce(category, '')) - 1)::INTEGER AS category
      FROM (SELECT DISTINCT id FROM named) LEFT JOIN product USING (id);
    CREATE TABLE basket AS
      SELECT basket AS key, (row_number() OVER (ORDER BY min(at_ms) NULLS LAST, min(seq)))::INTEGER AS no,
        (dense_rank() OVER (ORDER BY coalesce(min(customer), basket)))::INTEGER AS customer
      FROM named GROUP BY basket;
    CREATE TABLE line AS
      SELECT seq, b.no AS basket, b.customer, i.no AS item, i.category, kind
      FROM named JOIN basket b ON b.key = named.basket JOIN item i USING (id);
    DROP TABLE named;`);
}

/** Fills `together(low, high, lift, claim)`. @returns pairs of products kept */
async function countTogether(engine: Engine, settings: TableSettings): Promise<number> {
  const { window, chance, blockShrink } = settings;
  await engine.run(`
    CREATE TABLE supported AS
      SELECT v.* FROM visit v SEMI JOIN (FROM popularity WHERE customers >= ${MIN_CUSTOMERS}) p ON p.item = v.item;
    ${pairsOf('any_pair', 'visit', window)}
    ${pairsOf('pair', 'supported', window)}
    CREATE TABLE together_count(low INTEGER, high INTEGER, n BIGINT);`);
  if (chance === 'pairs' || blockShrink !== undefined)
    await engine.run(`
      CREATE TABLE met AS
        WITH half AS (SELECT low_category AS a, high_category AS b, count(*) AS n FROM any_pair GROUP BY ALL)
        SELECT a, b, sum(n)::BIGINT AS n FROM (FROM half UNION ALL SELECT b, a, n FROM half) GROUP BY ALL;`);
  const rate =
    chance === 'pairs'
      ? '((SELECT sum(n) FROM met) / pow((SELECT sum(n) FROM popularity), 2))'
      : '(1 / (SELECT count(*) FROM basket))';
  if (blockShrink !== undefined)
    await engine.run(`
      CREATE TABLE met_rate AS
        WITH share AS (SELECT category, sum(n)::BIGINT AS n FROM popularity GROUP BY category)
        SELECT a, b, (met.n + ${blockShrink}) / (x.n * y.n * ${rate} + ${blockShrink}) AS rate
        FROM met JOIN share x ON x.category = a JOIN share y ON y.category = b;`);
  const pairs = await engine.count(`SELECT coalesce(sum(least(pos, ${window})), 0) FROM supported`);
  await countInParts(
    engine,
    pairs,
    (part) => `
    INSERT INTO together_count
      WITH by_customer AS (SELECT low, high, customer, count(*) AS n FROM pair WHERE ${part('low')} GROUP BY ALL)
      SELECT low, high, sum(n) FROM by_customer GROUP BY low, high HAVING count(*) >= ${MIN_CUSTOMERS}`,
  );
  const expected = `x.n * y.n * ${rate}${blockShrink === undefined ? '' : ' * r.rate'}`;
  await engine.run(`
    CREATE TABLE together AS
      SELECT low, high, lift, ${claim(settings)} AS claim FROM (
        SELECT low, high, t.n, ${lift('t.n', expected, settings)} AS lift FROM together_count t
        JOIN popularity x ON x.item = low JOIN popularity y ON y.item = high
        ${blockShrink === undefined ? '' : 'JOIN met_rate r ON r.a = x.category AND r.b = y.category'});`);
  return engine.count('SELECT count(*) FROM together');
}

/**
 * Each two products of one order at most `window` apart, once. The join is on stretches of `window` places, so that
 * an order of n products costs n x window and not n x n.
 */
function pairsOf(view: string, visits: string, window: number): string {
  return `CREATE VIEW ${view} AS
    SELECT x.customer, least(x.item, y.item) AS low, greatest(x.item, y.item) AS high,
      CASE WHEN x.item < y.item THEN x.category ELSE y.category END AS low_category,
      CASE WHEN x.item < y.item THEN y.category ELSE x.category END AS high_category
    FROM ${visits} x JOIN (
      SELECT basket, item, category, pos, pos // ${window} AS stretch FROM ${visits}
      UNION ALL SELECT basket, item, category, pos, pos // ${window} + 1 FROM ${visits}) y
    ON x.basket = y.basket AND x.pos // ${window} = y.stretch AND y.pos < x.pos AND y.pos >= x.pos - ${window};`;
}

/** Fills `next(target, source, lift, claim)`: `target` came one to three steps after `source`. */
async function countNext(engine: Engine, settings: TableSettings): Promise<void> {
  const { blockShrink } = settings;
  const back = STEP_WEIGHTS.map(
    (_, i) => `lag(item, ${i + 1}) OVER walk AS source${i}, lag(category, ${i + 1}) OVER walk AS from${i}`,
  );
  const moves = STEP_WEIGHTS.map(
    (weight, i) =>
      `SELECT customer, item AS target, category AS a, source${i} AS source, from${i} AS b, ${weight} AS n FROM walked WHERE source${i} <> item`,
  );
  await engine.run(`
    CREATE TABLE move AS
      WITH walked AS (SELECT *, ${back.join(', ')} FROM step WINDOW walk AS (PARTITION BY basket ORDER BY pos))
      ${moves.join(' UNION ALL ')};
    CREATE TABLE target AS SELECT target AS item, any_value(a) AS category, sum(n)::BIGINT AS n FROM move GROUP BY target;
    CREATE TABLE source AS SELECT source AS item, any_value(b) AS category, sum(n)::BIGINT AS n FROM move GROUP BY source;
    CREATE TABLE next_count(target INTEGER, source INTEGER, n DOUBLE);`);
  if (blockShrink !== undefined)
    await engine.run(`
      CREATE TABLE moved_rate AS
        WITH seen AS (SELECT a, b, sum(n)::BIGINT AS n FROM move GROUP BY ALL),
        x AS (SELECT category, sum(n)::BIGINT AS n FROM target GROUP BY category),
        y AS (SELECT category, sum(n)::BIGINT AS n FROM source GROUP BY category)
        SELECT a, b, (seen.n / 6 + ${blockShrink}) / (x.n / 6 * y.n / (SELECT sum(n) FROM move) + ${blockShrink}) AS rate
        FROM seen JOIN x ON x.category = a JOIN y ON y.category = b;`);
  const moveCount = await engine.count('SELECT count(*) FROM move');
  await countInParts(
    engine,
    moveCount,
    (part) => `
    INSERT INTO next_count
      WITH by_customer AS (SELECT target, source, customer, sum(n)::BIGINT AS n FROM move WHERE ${part('target')} GROUP BY ALL)
      SELECT target, source, sum(n)::BIGINT / 6 FROM by_customer GROUP BY target, source HAVING count(*) >= ${MIN_CUSTOMERS}`,
  );
  const expected = `x.n / 6 * y.n / (SELECT sum(n) FROM move)${blockShrink === undefined ? '' : ' * r.rate'}`;
  await engine.run(`
    CREATE TABLE next AS
      SELECT target, source, lift, ${claim(settings)} AS claim FROM (
        SELECT t.target, t.source, t.n, ${lift('t.n', expected, settings)} AS lift FROM next_count t
        JOIN target x ON x.item = t.target JOIN source y ON y.item = t.source
        ${blockShrink === undefined ? '' : 'JOIN moved_rate r ON r.a = x.category AND r.b = y.category'});
    DROP TABLE move;`);
}

/** Fills `neighbours`: both tables side by side, the strongest claims of each product. */
async function rankNeighbours(engine: Engine): Promise<void> {
  await engine.run('CREATE TABLE neighbours(owner INTEGER, packed DOUBLE[])');
  const rows = await engine.count('SELECT (SELECT 2 * count(*) FROM together) + (SELECT count(*) FROM next)');
  await countInParts(
    engine,
    rows,
    (part) => `
    INSERT INTO neighbours
      WITH side AS (
        SELECT low AS owner, high AS item, lift AS together, 0.0 AS next, claim FROM together WHERE ${part('low')}
        UNION ALL SELECT high, low, lift, 0.0, claim FROM together WHERE ${part('high')}
        UNION ALL SELECT target, source, 0.0, lift, claim FROM next WHERE ${part('target')}),
      both_tables AS (SELECT owner, item, sum(together) AS together, sum(next) AS next, sum(claim) AS claim FROM side GROUP BY ALL),
      placed AS (SELECT *, row_number() OVER (PARTITION BY owner ORDER BY claim DESC, item) AS place FROM both_tables)
      SELECT owner, list(place * ${PLACE_UNIT} + item * 65536.0 + ${quantised('together')} * 256 + ${quantised('next')})
      FROM placed WHERE place <= ${MAX_NEIGHBOURS} GROUP BY owner`,
  );
}

/** Runs the statement once for each part of the products, so that each counts about `PAIRS_AT_ONCE` pairs. */
async function countInParts(
  engine: Engine,
  pairs: number,
  statement: (part: (column: string) => string) => string,
): Promise<void> {
  const parts = Math.max(1, Math.ceil(pairs / PAIRS_AT_ONCE));
  for (let at = 0; at < parts; at++) await engine.run(statement((column) => `${column} % ${parts} = ${at}`));
}
