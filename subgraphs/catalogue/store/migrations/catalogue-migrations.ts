import { M0001Catalogue } from './m0001-catalogue.js'

/** Every migration of a member's database, oldest first. Forward only; a merged one is never edited. */
export const catalogueMigrations = [{ name: 'm0001-catalogue', class: M0001Catalogue }]
