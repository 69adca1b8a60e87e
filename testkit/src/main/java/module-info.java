/** What tests of every room share; never on the path of the product. */
@org.jspecify.annotations.NullMarked
module dev.wasmortem.testkit {
  requires static transitive org.jspecify;
  requires transitive dev.wasmortem.bytes;
  requires jdk.management;
  requires org.junit.jupiter.api;

  exports dev.wasmortem.testkit;
}
