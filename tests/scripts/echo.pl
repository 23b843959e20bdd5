#!/usr/bin/perl
# Says what it was given: method, length, and the body itself.
use strict;
use warnings;

binmode STDIN;
binmode STDOUT;
my $length = $ENV{CONTENT_LENGTH} // "none";
my $body = "";
if ($length ne "none") {
    my $at = 0;
    while ($at < $length and my $got = read(STDIN, $body, $length - $at, $at)) { $at += $got }
}
my $more = read(STDIN, my $surplus, 1);
print "Content-Type: text/plain\r\n\r\n";
print "$ENV{REQUEST_METHOD} $length ", ($more ? "more" : "end"), "\n$body";
