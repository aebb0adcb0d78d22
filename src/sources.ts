export { connect } from './consent/sources/connect.ts';
