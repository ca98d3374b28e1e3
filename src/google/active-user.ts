/** Who runs this, as far as Google tells: blank for people of other domains and where the permission was declined. */
export const activeUser = (): string => {
  try {
    const active = Session.getActiveUser().getEmail();
    // A run by trigger has nobody active; it works for the person who made the trigger.
    return active === '' ? Session.getEffectiveUser().getEmail() : active;
  } catch {
    return ''; // the permission to see the address was declined: the journal then has no name
  }
};
