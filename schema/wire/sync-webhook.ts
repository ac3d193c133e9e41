/** The `aud` of tokens in which a member tells the hub that its catalogue has changed. */
export const syncWebhookAudience = 'urn:alliance-hub:sync'
