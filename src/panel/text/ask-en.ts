/** What may be shown before the panel is opened, in English; it comes with the card. */
export const ASK_EN = {
  'card.label': 'Personal product lists',
  'card.body':
    'May this shop put products you are likely to want first? What you look at stays on this device and is sent to nobody. You can change your mind at any time.',
  'card.again': 'You answered a while ago, or what would be kept has changed; so we ask once more.',
  'card.notice': 'How this works',
  allow: 'Allow',
  refuse: 'No thanks',
  launcher: 'Personal order',
  'launcher.on': 'Personal order: on',
  'launcher.off': 'Personal order: off',
  'launcher.paused': 'Personal order: paused',
  'launcher.signal': 'Opt-out signal honoured',
  'launcher.stop': 'Turn off',
  'why.button': 'Why here?',
} as const;
