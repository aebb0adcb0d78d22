// Klaro (https://klaro.org): services named "personalization" and "measurement" in its configuration.
// Load this after Klaro and before Reshelf, whose tag gets data-reshelf-platform="custom".
window.reshelfPlatform = {
  name: 'klaro',
  subscribe(hear) {
    const manager = window.klaro.getManager();
    const word = (service) =>
      !manager.confirmed ? 'pending' : manager.getConsent(service) ? 'granted' : 'denied';
    const tell = (isAct) =>
      hear({
        words: { personalize: word('personalization'), measure: word('measurement'), contribute: 'denied' },
        isAct,
        noticeId: 'klaro',
      });
    // Klaro tells "saveConsents" before it remembers that the shopper has confirmed.
    manager.watch({ update: (_, name) => name === 'saveConsents' && queueMicrotask(() => tell(true)) });
    tell(false);
  },
  write({ personalize }) {
    if (personalize === undefined) return;
    const manager = window.klaro.getManager();
    manager.updateConsent('personalization', personalize);
    manager.saveAndApplyConsents('reshelf');
  },
};
