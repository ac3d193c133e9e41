import type { Migration } from '@mikro-orm/migrations'
import { M0001CreateReferenceTables } from './m0001-create-reference-tables.js'
import { M0002CreateOutbox } from './m0002-create-outbox.js'
import { M0003CreateLearnersAndAwards } from './m0003-create-learners-and-awards.js'
import { M0004CreateStackedCredentials } from './m0004-create-stacked-credentials.js'
import { M0005CreateEnrolmentsAndDecisions } from './m0005-create-enrolments-and-decisions.js'
import { M0006CreateShareLinksAndKeys } from './m0006-create-share-links-and-keys.js'
import { M0007AddCompletionOfStacks } from './m0007-add-completion-of-stacks.js'
import { M0008AllowFreeCredits } from './m0008-allow-free-credits.js'
import { M0009CreateLearnerDue } from './m0009-create-learner-due.js'
import { M0010CreateGradingTables } from './m0010-create-grading-tables.js'
import { M0020CreateCredentials } from './m0020-create-credentials.js'
import { M0030CreateWalletTables } from './m0030-create-wallet-tables.js'
import { M0031CreateCredentialShare } from './m0031-create-credential-share.js'
import { M0040CreateStatisticsFacts } from './m0040-create-statistics-facts.js'
import { M0041CreateStatisticsRollups } from './m0041-create-statistics-rollups.js'
import { M0042CreateStatisticsLedgers } from './m0042-create-statistics-ledgers.js'
import { M0043CreateStatisticsReleases } from './m0043-create-statistics-releases.js'
import { M0044ReadTheOutboxInParallel } from './m0044-read-the-outbox-in-parallel.js'
import { M0045CreateStatisticsBatches } from './m0045-create-statistics-batches.js'

/**
 * Every migration in the order it is run. A list, not a folder scan: it holds compiled, bundled and under test alike.
 * Forward only: a mistake is mended by the next entry.
 */
export const migrationList: readonly (new (
  ...dependencies: ConstructorParameters<typeof Migration>
) => Migration)[] = [
  M0001CreateReferenceTables,
  M0002CreateOutbox,
  M0003CreateLearnersAndAwards,
  M0004CreateStackedCredentials,
  M0005CreateEnrolmentsAndDecisions,
  M0006CreateShareLinksAndKeys,
  M0007AddCompletionOfStacks,
  M0008AllowFreeCredits,
  M0009CreateLearnerDue,
  M0010CreateGradingTables,
  M0020CreateCredentials,
  M0030CreateWalletTables,
  M0031CreateCredentialShare,
  M0040CreateStatisticsFacts,
  M0041CreateStatisticsRollups,
  M0042CreateStatisticsLedgers,
  M0043CreateStatisticsReleases,
  M0044ReadTheOutboxInParallel,
  M0045CreateStatisticsBatches,
]
