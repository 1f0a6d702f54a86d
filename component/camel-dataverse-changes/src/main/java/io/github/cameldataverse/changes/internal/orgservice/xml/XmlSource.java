package io.github.cameldataverse.changes.internal.orgservice.xml;

import io.github.cameldataverse.changes.internal.http.answer.Body;
import io.github.cameldataverse.changes.internal.http.answer.SealedXml;
import io.github.cameldataverse.changes.internal.http.answer.StrictUtf8;
import io.github.cameldataverse.changes.internal.source.MalformedPageException;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Opens the XML of an answer with a parser that resolves no entity and reads nothing outside of it. */
final class XmlSource {

    private XmlSource() {}

    static XMLStreamReader open(Body body) throws MalformedPageException {
        int start = afterByteOrderMark(body);
        int length = body.length() - start;
        if (!StrictUtf8.isValid(body.bytes(), start, length)) {
            throw new MalformedPageException("The answer holds bytes that are no UTF-8");
        }
        InputStreamReader text =
                new InputStreamReader(new ByteArrayInputStream(body.bytes(), start, length), StandardCharsets.UTF_8);
        try {
            return SealedXml.open(text);
        } catch (XMLStreamException e) {
            throw notWhole(e);
        }
    }

    private static int afterByteOrderMark(Body body) {
        byte[] bytes = body.bytes();
        boolean marked =
                body.length() >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF;
        return marked ? 3 : 0;
    }

    /** Says where, and never what stood there: it may be the content of a row. */
    static MalformedPageException notWhole(XMLStreamException e) {
        return new MalformedPageException("The answer is no whole XML document"
                + (e.getLocation() == null
                        ? ""
                        : ": it breaks at character " + e.getLocation().getCharacterOffset()));
    }
}
