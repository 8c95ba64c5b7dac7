package dev.trestle.schedule;

import java.util.List;
import java.util.Optional;

/** The form of the five fields, and which of them has another one. As in cron, a step stands after {@code *} or a range only. */
final class CronForm {

    private static final String MINUTE = list("[0-5]?[0-9]");
    private static final String HOUR = list("([01]?[0-9]|2[0-3])");
    private static final String DAY = list("(0?[1-9]|[12][0-9]|3[01])");
    private static final String MONTH = list("(0?[1-9]|1[0-2]|(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))");
    private static final String WEEKDAY = list("(0?[0-7]|(?i:sun|mon|tue|wed|thu|fri|sat))");
    private static final String GAP = " +";

    private static final String FORM =
            "^(@daily|@weekly|@monthly|" + MINUTE + GAP + HOUR + GAP + DAY + GAP + MONTH + GAP + WEEKDAY + ")$";

    private record Field(String name, String form, String allowed) {}

    private static final List<Field> FIELDS = List.of(
            new Field("minute", MINUTE, "0-59"),
            new Field("hour", HOUR, "0-23"),
            new Field("day of month", DAY, "1-31"),
            new Field("month", MONTH, "1-12 or jan-dec"),
            new Field("day of week", WEEKDAY, "0-7 or sun-sat"));

    private CronForm() {}

    /** Values, ranges and {@code *}, with commas between; a step only after one of the last two. */
    private static String list(String value) {
        var part = "(([*]|" + value + "-" + value + ")(/[1-9][0-9]?)?|" + value + ")";
        return part + "(," + part + ")*";
    }

    /** The fault of the first field that has another form. */
    static Optional<String> fault(String cron) {
        if (cron.matches(FORM)) {
            return Optional.empty();
        }
        var given = cron.strip().split(" +", -1);
        if (given.length != FIELDS.size()) {
            return Optional.of("it has %d of five fields".formatted(cron.isBlank() ? 0 : given.length));
        }
        for (var i = 0; i < given.length; i++) {
            var field = FIELDS.get(i);
            if (!given[i].matches(field.form())) {
                var hint = given[i].contains("/") ? "; a step stands after '*' or a range" : "";
                return Optional.of("'%s' is no %s (%s%s)".formatted(given[i], field.name(), field.allowed(), hint));
            }
        }
        return Optional.of("it begins or ends with a blank");
    }
}
