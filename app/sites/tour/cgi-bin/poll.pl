#!/usr/bin/env perl
# A poll: one radio button is sent, one count goes up.  Nothing beyond what comes with Perl is used.
use strict;
use warnings;
use utf8;
use Fcntl qw(:DEFAULT :flock);
use FindBin qw($Bin);

my $SITE    = "$Bin/..";
my $VOTES   = "$SITE/data/poll.txt";
my @CHOICES = ('Python', 'Perl', 'sh', 'C', 'whatever is there');

binmode STDOUT, ':encoding(UTF-8)';

if (($ENV{REQUEST_METHOD} // 'GET') eq 'POST') {
    my $choice = form()->{choice} // '';
    if (grep { $_ eq $choice } @CHOICES) {
        vote($choice);
        # Back to the result by GET: a reload must not vote again.
        print "Status: 303 See Other\nLocation: $ENV{SCRIPT_NAME}\n\n";
    }
    else {
        page('422 Unprocessable Content', '<p class="wrong">Please choose one.</p>');
    }
}
else {
    page('200 OK', '');
}

# The form's fields.  A plain hash will do here: no field of this form is sent twice.
sub form {
    read STDIN, my $body, $ENV{CONTENT_LENGTH} || 0;
    my %field;
    for my $pair (split /[&;]/, $body // '') {
        my ($name, $value) = map { decoded($_) } split /=/, $pair, 2;
        $field{$name} = $value // '' if defined $name;
    }
    return \%field;
}

sub decoded {
    my ($text) = @_;
    $text =~ tr/+/ /;
    $text =~ s/%([0-9A-Fa-f]{2})/chr hex $1/ge;
    utf8::decode($text);
    return $text;
}

# Reading, adding and writing happen under one lock: two votes at the same time both count.
sub vote {
    my ($choice) = @_;
    sysopen my $file, $VOTES, O_RDWR | O_CREAT or die "$VOTES: $!";
    flock $file, LOCK_EX or die "$VOTES: $!";
    my $votes = votes_in($file);
    $votes->{$choice}++;
    seek $file, 0, 0;
    truncate $file, 0;
    print {$file} "$votes->{$_}\t$_\n" for sort keys %$votes;
    close $file or die "$VOTES: $!";
}

sub votes {
    open my $file, '<', $VOTES or return {};    # nobody has voted yet
    flock $file, LOCK_SH or die "$VOTES: $!";
    return votes_in($file);
}

sub votes_in {
    my ($file) = @_;
    my %votes;
    while (my $line = <$file>) {
        chomp $line;
        my ($count, $choice) = split /\t/, $line, 2;
        $votes{$choice} = $count if defined $choice;
    }
    return \%votes;
}

sub page {
    my ($status, $problem) = @_;
    my $votes = votes();
    my $total = 0;
    $total += $_ for values %$votes;

    print "Status: $status\nContent-Type: text/html; charset=utf-8\n\n";
    print template('header.html', title => 'What do you like to write scripts in?');
    print qq(<form method="post">\n$problem);
    for my $choice (@CHOICES) {
        my $value = escaped($choice);
        print qq(<label class="choice"><input type="radio" name="choice" value="$value" required> $value</label>\n);
    }
    print qq(<button>Vote</button>\n</form>\n<h2>So far</h2>\n);
    for my $choice (@CHOICES) {
        my $count = $votes->{$choice} // 0;
        my $name  = escaped($choice);
        my $most  = $total || 1;
        print qq(<label>$name, $count<progress class="bar" max="$most" value="$count"></progress></label>\n);
    }
    print template('footer.html', script => 'cgi-bin/poll.pl');
}

sub template {
    my ($name, %value) = @_;
    open my $file, '<:encoding(UTF-8)', "$SITE/templates/$name" or die "$name: $!";
    my $text = do { local $/; <$file> };
    $text =~ s/\$(\w+)/escaped($value{$1} \/\/ '')/ge;
    return $text;
}

sub escaped {
    my ($text) = @_;
    my %entity = ('&' => '&amp;', '<' => '&lt;', '>' => '&gt;', '"' => '&quot;', "'" => '&#39;');
    $text =~ s/([&<>"'])/$entity{$1}/g;
    return $text;
}
