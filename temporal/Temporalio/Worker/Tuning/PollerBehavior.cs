namespace Temporalio.Worker.Tuning;

/// <summary>How many polls of one kind a worker keeps open. Use one of the nested classes.</summary>
public abstract class PollerBehavior
{
    internal PollerBehavior()
    {
    }

    /// <summary>Polls while slots are free, up to a fixed number at once.</summary>
    public sealed class SimpleMaximum : PollerBehavior
    {
        /// <summary>Initializes a new instance of the <see cref="SimpleMaximum"/> class.</summary>
        /// <param name="maximum">Most polls at once; at least two for workflow tasks.</param>
        /// <exception cref="ArgumentException">It is negative.</exception>
        public SimpleMaximum(int maximum = 5)
        {
            if (maximum < 0)
            {
                throw new ArgumentException("Maximum must be >= 0", nameof(maximum));
            }
            Maximum = maximum;
        }

        /// <summary>Gets the most polls at once.</summary>
        public int Maximum { get; }
    }

    /// <summary>Polls while slots are free, more or fewer as the server advises.</summary>
    public sealed class Autoscaling : PollerBehavior
    {
        /// <summary>Initializes a new instance of the <see cref="Autoscaling"/> class.</summary>
        /// <param name="minimum">Fewest polls at once.</param>
        /// <param name="maximum">Most polls at once.</param>
        /// <param name="initial">Polls at once before the server has advised anything.</param>
        /// <exception cref="ArgumentException">One is negative, or they are out of order.</exception>
        public Autoscaling(int minimum = 1, int maximum = 100, int initial = 5)
        {
            if (minimum < 0 || maximum < 0 || initial < 0)
            {
                throw new ArgumentException("Minimum, maximum, and initial must be >= 0");
            }
            if (maximum < minimum || initial < minimum || initial > maximum)
            {
                throw new ArgumentException("Initial must lie between minimum and maximum");
            }
            Minimum = minimum;
            Maximum = maximum;
            Initial = initial;
        }

        /// <summary>Gets the fewest polls at once.</summary>
        public int Minimum { get; }

        /// <summary>Gets the most polls at once.</summary>
        public int Maximum { get; }

        /// <summary>Gets the polls at once before the server has advised anything.</summary>
        public int Initial { get; }
    }
}
