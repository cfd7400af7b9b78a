using System.Linq.Expressions;
using System.Reflection;

namespace Temporalio.Common;

/// <summary>
/// Takes calls such as <c>(IBank bank) =&gt; bank.PayAsync(order)</c> apart into the method and its argument values.
/// </summary>
internal static class ExpressionUtil
{
    /// <summary>The method called by a lambda and the values of its arguments.</summary>
    /// <param name="lambda">Lambda whose body is one method call: on its own parameter, or of a static method.</param>
    /// <returns>Method and argument values in order.</returns>
    /// <exception cref="ArgumentException">The body is something else, or an argument uses the lambda's parameter.</exception>
    internal static (MethodInfo Method, IReadOnlyCollection<object?> Args) ExtractCall(LambdaExpression lambda)
    {
        ArgumentNullException.ThrowIfNull(lambda);
        if (WithoutConversion(lambda.Body) is not MethodCallExpression call)
        {
            throw new ArgumentException("Expression must be a single method call");
        }
        if (call.Object == null)
        {
            if (lambda.Parameters.Count > 0)
            {
                throw new ArgumentException("Static call expression must not have a lambda parameter");
            }
        }
        else if (lambda.Parameters.Count != 1 || call.Object != lambda.Parameters[0])
        {
            throw new ArgumentException("Instance call expression must have a single lambda parameter and be directly on it");
        }
        return (MethodOn(lambda, call.Method), call.Arguments.Select(argument => Evaluate(lambda, argument)).ToArray());
    }

    /// <summary>The property read by a lambda such as <c>(Flow flow) =&gt; flow.Status</c>.</summary>
    /// <param name="lambda">Lambda.</param>
    /// <returns>The property, or null if the body is no property access on the lambda's parameter.</returns>
    internal static PropertyInfo? ExtractProperty(LambdaExpression lambda)
    {
        ArgumentNullException.ThrowIfNull(lambda);
        return WithoutConversion(lambda.Body) is MemberExpression { Member: PropertyInfo property } access &&
            access.Expression == lambda.Parameters.FirstOrDefault()
                ? property
                : null;
    }

    // An overridden method is called through its base in an expression tree; the attribute is on the parameter's own type.
    private static MethodInfo MethodOn(LambdaExpression lambda, MethodInfo method)
    {
        var type = lambda.Parameters.FirstOrDefault()?.Type;
        if (type == null || method.IsStatic || type == method.ReflectedType || type.IsInterface || method.IsGenericMethod)
        {
            return method;
        }
        var types = Array.ConvertAll(method.GetParameters(), p => p.ParameterType);
        return type.GetMethod(method.Name, types) ?? method;
    }

    private static Expression WithoutConversion(Expression body) =>
        body is UnaryExpression { NodeType: ExpressionType.Convert or ExpressionType.ConvertChecked } conversion
            ? conversion.Operand
            : body;

    private static object? Evaluate(LambdaExpression lambda, Expression argument) => argument switch
    {
        ConstantExpression constant => constant.Value,
        // A captured variable, the common case: read the closure's field, without compiling anything.
        MemberExpression { Member: FieldInfo field, Expression: null } => field.GetValue(null),
        MemberExpression { Member: FieldInfo field, Expression: ConstantExpression owner } => field.GetValue(owner.Value),
        MemberExpression { Member: PropertyInfo property, Expression: { } owner } when owner is not ParameterExpression =>
            property.GetValue(Evaluate(lambda, owner)),
        UnaryExpression { NodeType: ExpressionType.Convert, Method: null } conversion when IsReferenceOrBoxing(conversion) =>
            Evaluate(lambda, conversion.Operand),
        _ => Compile(lambda, argument),
    };

    private static bool IsReferenceOrBoxing(UnaryExpression conversion) =>
        conversion.Type.IsAssignableFrom(conversion.Operand.Type) && Nullable.GetUnderlyingType(conversion.Type) == null;

    private static object? Compile(LambdaExpression lambda, Expression argument)
    {
        if (lambda.Parameters.Count > 0 && new ParameterFinder(lambda.Parameters[0]).Finds(argument))
        {
            throw new ArgumentException("Arguments of the call cannot use the lambda parameter");
        }
        var boxed = Expression.Convert(argument, typeof(object));
        return Expression.Lambda<Func<object?>>(boxed).Compile(preferInterpretation: true)();
    }

    private sealed class ParameterFinder(ParameterExpression parameter) : ExpressionVisitor
    {
        private bool found;

        internal bool Finds(Expression expression)
        {
            Visit(expression);
            return found;
        }

        protected override Expression VisitParameter(ParameterExpression node)
        {
            found |= node == parameter;
            return node;
        }
    }
}
