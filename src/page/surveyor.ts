import { findLists } from './find-lists.ts';
import type { ProductList } from './product-list.ts';
import { inSlices } from './slices.ts';
import { type Selectors, type Survey, type SurveyedList, type SurveyedPlace, survey } from './survey.ts';
import { THEMES } from './themes.ts';

/** A place of a list on the page, with all that is told of it. */
export interface MarkedPlace {
  readonly card: Element;
  readonly spot: SurveyedPlace;
  /** Why it keeps what it shows; `null` where it may move. */
  readonly stays: string | null;
}

export interface Surveyed {
  readonly told: Survey;
  readonly places: readonly MarkedPlace[];
}

/** Looks at the page; @returns `undefined` where its lists hold what they held at the last look */
export type Surveyor = () => Promise<Surveyed | undefined>;

export function createSurveyor(settings: Selectors): Surveyor {
  let found: readonly ProductList[] = [];
  return async () => {
    if (found.length > 0 && found.every(isAsRead)) return undefined;
    found = await inSlices(findLists(settings, THEMES));
    const told = survey(settings, found);
    const places = told.lists.flatMap((list, at) =>
      list.places.flatMap((spot, index): MarkedPlace[] => {
        const card = found[at]?.cards[index]?.element;
        return card === undefined ? [] : [{ card, spot, stays: whyStays(spot, list.way, told.sort) }];
      }),
    );
    return { told, places };
  };
}

/** Whether the list still holds what it held when it was read. */
const isAsRead = ({ container, children }: ProductList): boolean =>
  container.isConnected &&
  container.children.length === children.length &&
  children.every((child, at) => container.children[at] === child);

function whyStays({ pinned }: SurveyedPlace, way: SurveyedList['way'], sort: string | null): string | null {
  if (pinned !== null) return pinned;
  if (sort !== null) return 'the shopper’s own order';
  return way === 'stand' ? 'a framework’s list' : null;
}
