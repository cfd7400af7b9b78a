namespace Temporalio.Activities;

/// <summary>
/// Marks a method as an activity.
/// </summary>
/// <remarks>The attribute is not inherited: an override of a marked method must carry it as well.</remarks>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class ActivityAttribute : Attribute
{
    /// <summary>
    /// Initializes a new instance of the <see cref="ActivityAttribute"/> class that takes its type name from the method.
    /// </summary>
    public ActivityAttribute()
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="ActivityAttribute"/> class with a type name.
    /// </summary>
    /// <param name="name">Activity type name as it appears in history.</param>
    public ActivityAttribute(string name) => Name = name;

    /// <summary>
    /// Gets the activity type name. When null, the name is the method's, without a trailing <c>Async</c> where the method
    /// returns a task.
    /// </summary>
    public string? Name { get; }

    /// <summary>
    /// Gets or sets a value indicating whether the method serves every activity type that has no method of its own. Such
    /// a method has no name and takes one parameter, an array of <see cref="Converters.IRawValue" />.
    /// </summary>
    public bool Dynamic { get; set; }
}
