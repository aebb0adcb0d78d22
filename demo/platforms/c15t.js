// c15t 2 (https://c15t.com): "functionality" is what it calls remembering preferences. `window.c15tStore` is the store that
// getOrCreateConsentRuntime gave to your own script. Reshelf's tag gets data-reshelf-platform="custom".
window.reshelfPlatform = {
  name: 'c15t',
  subscribe(hear) {
    const store = window.c15tStore;
    const word = (category) => {
      const { consents, hasConsented } = store.getState();
      return !hasConsented() ? 'pending' : consents[category] ? 'granted' : 'denied';
    };
    const tell = (isAct) =>
      hear({
        words: { personalize: word('functionality'), measure: word('measurement'), contribute: 'denied' },
        isAct,
        noticeId: 'c15t',
      });
    let before = store.getState().consentInfo;
    store.subscribe(({ consentInfo }) => {
      if (consentInfo === before) return;
      before = consentInfo;
      tell(true);
    });
    tell(false);
  },
  write({ personalize }) {
    if (personalize === undefined) return;
    window.c15tStore.getState().setConsent('functionality', personalize);
  },
};
