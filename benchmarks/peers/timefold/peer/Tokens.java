package peer;

import java.io.IOException;
import java.io.Reader;
import java.io.StreamTokenizer;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;

/** Reads the problem file: words that name a section, and whole numbers. */
final class Tokens {
    private final StreamTokenizer tokens;

    Tokens(Reader reader) {
        tokens = new StreamTokenizer(reader);
    }

    /** The same, out of numbers that have been read already. */
    static Tokens of(int[] numbers) {
        StringBuilder text = new StringBuilder();
        for (int number : numbers) {
            text.append(number).append(' ');
        }
        return new Tokens(new StringReader(text.toString()));
    }

    /** The next token must be this word: a slip between writer and reader shows at once. */
    void expect(String word) {
        if (next() != StreamTokenizer.TT_WORD || !tokens.sval.equals(word)) {
            throw new IllegalStateException("expected the section " + word + ", found " + tokens);
        }
    }

    int number() {
        if (next() != StreamTokenizer.TT_NUMBER) {
            throw new IllegalStateException("expected a number, found " + tokens);
        }
        return (int) tokens.nval;
    }

    boolean flag() {
        return number() != 0;
    }

    /** A length and so many numbers. */
    int[] numbers() {
        int[] found = new int[number()];
        for (int i = 0; i < found.length; i++) {
            found[i] = number();
        }
        return found;
    }

    /** A length and so many lists of numbers. */
    int[][] lists() {
        int[][] found = new int[number()][];
        for (int i = 0; i < found.length; i++) {
            found[i] = numbers();
        }
        return found;
    }

    /** A section: its name, a length, and so many items. */
    <T> List<T> section(String name, Item<T> item) {
        expect(name);
        int length = number();
        List<T> found = new ArrayList<>(length);
        for (int i = 0; i < length; i++) {
            found.add(item.read(i, this));
        }
        return found;
    }

    private int next() {
        try {
            return tokens.nextToken();
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** Reads one item of a section; {@code id} is its place in it. */
    interface Item<T> {
        T read(int id, Tokens tokens);
    }
}
