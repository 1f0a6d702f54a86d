package io.github.cameldataverse.changes.orgservice;

/** Text on its way into XML. */
final class XmlText {

    private XmlText() {}

    /** The text as content of an element. A carriage return would come back as a line feed if it were not named. */
    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\r", "&#xD;");
    }
}
