package io.evenkeel.conformance;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * What h2spec found.
 *
 * @param cases how many it has
 * @param others those that did not pass, skipped ones too, each with what was seen instead
 */
record H2SpecReport(int cases, List<String> others) {

    /** Reads the report that h2spec writes in the form of JUnit. */
    static H2SpecReport read(File file) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        Document document = factory.newDocumentBuilder().parse(file);
        NodeList cases = document.getElementsByTagName("testcase");
        List<String> others = new ArrayList<>();
        for (int i = 0; i < cases.getLength(); i++) {
            Element testcase = (Element) cases.item(i);
            if (testcase.getElementsByTagName("*").getLength() > 0) {
                others.add(testcase.getAttribute("package") + " " + testcase.getAttribute("classname") + ": "
                        + testcase.getElementsByTagName("*").item(0).getNodeName() + " "
                        + testcase.getTextContent().strip());
            }
        }
        return new H2SpecReport(cases.getLength(), others);
    }
}
