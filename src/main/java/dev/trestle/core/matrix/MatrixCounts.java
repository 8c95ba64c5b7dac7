package dev.trestle.core.matrix;

import java.util.List;
import java.util.TreeSet;

/**
 * How much a matrix has.
 *
 * @param builds images with at least one leg that is built in the cluster
 * @param twoPlatform those of them with two such legs
 * @param onePlatform those of them with one
 * @param bases different bases that builds claim or rows name
 * @param releases builds of releases, beside those of the images
 */
public record MatrixCounts(
        int linuxRows,
        int darwinRows,
        int builds,
        int linuxLegs,
        int externalLegs,
        int twoPlatform,
        int onePlatform,
        int bases,
        int releases) {

    static MatrixCounts of(int linuxRows, int darwinRows, List<Image> images, int releases) {
        var legs = images.stream().map(image -> image.inCluster().size()).toList();
        var external = images.stream()
                .mapToInt(image -> image.legs().size() - image.inCluster().size())
                .sum();
        return new MatrixCounts(
                linuxRows,
                darwinRows,
                (int) legs.stream().filter(count -> count > 0).count(),
                legs.stream().mapToInt(Integer::intValue).sum(),
                external,
                (int) legs.stream().filter(count -> count == 2).count(),
                (int) legs.stream().filter(count -> count == 1).count(),
                bases(images),
                releases);
    }

    private static int bases(List<Image> images) {
        var names = new TreeSet<String>();
        for (var image : images) {
            names.add(image.tree().path("base").path("claim").path("name").asText());
            image.legs().stream().map(MatrixLeg::asks).forEach(names::add);
        }
        names.remove("");
        return names.size();
    }
}
