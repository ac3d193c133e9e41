import type { X509Certificate } from 'node:crypto'

/**
 * The legal identifier a seal's certificate names (`organizationIdentifier`, ETSI EN 319 412-1, 5.1.4), e.g.
 * `VATNL-123456789B01`; null when it names none.
 */
export function readOrganizationIdentifier(certificate: X509Certificate): string | null {
  const pattern = /^(?:organizationIdentifier|2\.5\.4\.97)=(.*)$/m
  return pattern.exec(certificate.subject)?.[1] ?? null
}

/** Legal name and country a certificate is made out to; null when it names none. */
export function readCertifiedOrganisation(
  certificate: X509Certificate,
): { readonly legalNames: { readonly en: string }; readonly countryCode: string } | null {
  const name = /^O=(.+)$/m.exec(certificate.subject)?.[1]
  const countryCode = /^C=([A-Z]{2})$/m.exec(certificate.subject)?.[1]
  return name === undefined || countryCode === undefined
    ? null
    : { legalNames: { en: name }, countryCode }
}
