/** Every visible text of the page side. */
export const CARD_TEXT = {
  label: 'Personal product lists',
  body: 'May this shop put products you are likely to want first? What you look at stays on this device and is sent to nobody. You can change your mind at any time.',
  notice: 'How this works',
  allow: 'Allow',
  refuse: 'No thanks',
} as const;

/** Names the wording above in the receipt; a change of meaning gets a new name. */
export const CARD_NOTICE_ID = 'reshelf-card/1';
