import java.io.FileInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Collectors;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;

/** What veraPDF says of each file, as PDF/A-3a and as PDF/UA-1: one line a file and profile, its fields apart by tabs. */
final class VeraPdf {
    public static void main(String[] files) {
        VeraGreenfieldFoundryProvider.initialise();
        for (String file : files) {
            for (PDFAFlavour profile : List.of(PDFAFlavour.PDFA_3_A, PDFAFlavour.PDFUA_1)) {
                String verdict = verdict(file, profile).replaceAll("\\s+", " ");
                System.out.println(String.join("\t", "verdict", file, profile.getId(), verdict));
            }
        }
    }

    /** "right" and the number of checks made, or what is wrong. */
    private static String verdict(String file, PDFAFlavour profile) {
        try (InputStream bytes = new FileInputStream(file);
                PDFAParser parser = Foundries.defaultInstance().createParser(bytes, profile);
                PDFAValidator validator = Foundries.defaultInstance().createValidator(profile, false)) {
            var result = validator.validate(parser);
            if (result.isCompliant() && result.getTotalAssertions() > 0) {
                return "right " + result.getTotalAssertions();
            }
            return result.getTestAssertions().stream()
                    .filter(one -> one.getStatus() == TestAssertion.Status.FAILED)
                    .map(one -> one.getRuleId().getClause() + " " + one.getMessage())
                    .distinct()
                    .collect(Collectors.joining("; ", "wrong ", ""));
        } catch (Exception unreadable) {
            return "wrong " + unreadable;
        }
    }
}
