// vanilla-cookieconsent 3 (https://cookieconsent.orestbida.com): categories "personalization" and "measurement".
// Load this after its script and before Reshelf, whose tag gets data-reshelf-platform="custom".
window.reshelfPlatform = {
  name: 'vanilla-cookieconsent',
  subscribe(hear) {
    const { acceptedCategory, validConsent } = window.CookieConsent;
    const word = (category) =>
      !validConsent() ? 'pending' : acceptedCategory(category) ? 'granted' : 'denied';
    const tell = (isAct) =>
      hear({
        words: { personalize: word('personalization'), measure: word('measurement'), contribute: 'denied' },
        isAct,
        noticeId: `vanilla-cookieconsent/${window.CookieConsent.getCookie('revision') ?? 0}`,
      });
    window.addEventListener('cc:onFirstConsent', () => tell(true));
    window.addEventListener('cc:onChange', () => tell(true));
    window.addEventListener('cc:onConsent', () => tell(false)); // on every page, once its state is known
    tell(false);
  },
  write({ personalize }) {
    const { acceptCategory, getUserPreferences } = window.CookieConsent;
    if (personalize === undefined) return;
    const others = getUserPreferences().acceptedCategories.filter((name) => name !== 'personalization');
    acceptCategory(personalize ? [...others, 'personalization'] : others);
  },
};
