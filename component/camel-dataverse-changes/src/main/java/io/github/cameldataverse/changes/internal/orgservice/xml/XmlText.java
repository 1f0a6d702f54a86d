package io.github.cameldataverse.changes.internal.orgservice.xml;

/** Text on its way into XML. */
public final class XmlText {

    private XmlText() {}

    /** The text as content of an element. A carriage return would come back as a line feed if it were not named. */
    public static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\r", "&#xD;");
    }
}
