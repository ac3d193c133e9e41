export { buildRecognitionSdl } from './graphql/build-recognition-schema.js'
export {
  type RecognitionOptions,
  type RunningRecognition,
  startRecognition,
} from './start-recognition.js'
