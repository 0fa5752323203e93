import java.io.File;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.apache.jena.query.Dataset;
import org.apache.jena.query.QueryCancelledException;
import org.apache.jena.query.QueryExecution;
import org.apache.jena.query.QueryExecutionFactory;
import org.apache.jena.query.ReadWrite;
import org.apache.jena.query.ResultSetFactory;
import org.apache.jena.query.ResultSetFormatter;
import org.apache.jena.query.ResultSetRewindable;
import org.apache.jena.tdb.TDBFactory;
import org.apache.jena.tdb.TDBLoader;
import org.apache.jena.tdb.sys.TDBInternal;

/** Loads N-Quads into TDB, runs queries, writes answers as SPARQL JSON and prints times as JSON. */
public class GrowthJena {
    public static void main(String[] words) throws Exception {
        String folder = words[0], data = words[1];
        Path asked = Path.of(words[2]), told = Path.of(words[3]);
        int runs = Integer.parseInt(words[4]);
        long seconds = Long.parseLong(words[5]);
        Files.createDirectories(told);
        Dataset dataset = TDBFactory.createDataset(folder);
        long begun = System.nanoTime();
        TDBLoader.load(TDBInternal.getBaseDatasetGraphTDB(dataset.asDatasetGraph()), data, false);
        StringBuilder out = new StringBuilder("{\"load\": " + (System.nanoTime() - begun) / 1e9 + ", \"answers\": {");
        File[] files = asked.toFile().listFiles();
        Arrays.sort(files);
        String comma = "";
        dataset.begin(ReadWrite.READ);
        for (File file : files) {
            String text = Files.readString(file.toPath());
            StringBuilder times = new StringBuilder();
            String failed = null;
            double spent = 0;
            for (int run = 0; run < runs && spent < 1000.0 * seconds; run++) {
                long start = System.nanoTime();
                try (QueryExecution execution = QueryExecutionFactory.create(text, dataset)) {
                    execution.setTimeout(seconds, TimeUnit.SECONDS);
                    ResultSetRewindable rows = ResultSetFactory.makeRewindable(execution.execSelect());
                    double ms = (System.nanoTime() - start) / 1e6;
                    spent += ms;
                    times.append(run == 0 ? "" : ", ").append(ms);
                    if (run == 0) {
                        try (OutputStream kept = new FileOutputStream(told.resolve(file.getName()).toFile())) {
                            ResultSetFormatter.outputAsJSON(kept, rows);
                        }
                    }
                } catch (QueryCancelledException late) {
                    failed = "not ended after " + seconds + " s";
                    break;
                } catch (Exception error) {
                    failed = error.getClass().getSimpleName();
                    break;
                }
            }
            out.append(comma).append("\"").append(file.getName()).append("\": ");
            out.append(failed == null ? "{\"ms\": [" + times + "]}" : "{\"failed\": \"" + failed + "\"}");
            comma = ", ";
        }
        dataset.end();
        System.out.println(out + "}}");
        System.exit(0);
    }
}
