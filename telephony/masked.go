package telephony

import "log/slog"

// The facts by which rules decide hold numbers and people in plain. In a
// structured log they are masked.

// LogValue masks the person and the number in structured logs.
func (f AssignmentFacts) LogValue() slog.Value {
	return slog.GroupValue(slog.Time("now", f.Now), slog.Any("person", f.Person), slog.Any("number", f.Number),
		slog.Any("location", f.Location), slog.String("location_when", f.LocationWhen.String()))
}

// LogValue masks the person and the number in structured logs.
func (f PersonFacts) LogValue() slog.Value {
	return slog.GroupValue(slog.Any("id", f.ID), slog.Time("visible_at", f.VisibleAt), slog.String("usage_location", string(f.UsageLocation)),
		slog.Bool("phone_system", f.PhoneSystem), slog.Bool("calling_plan", f.CallingPlan),
		slog.Bool("on_premises_number", f.OnPremisesNumber), slog.Any("current", f.Current))
}

// LogValue masks the number in structured logs.
func (f NumberFacts) LogValue() slog.Value {
	return slog.GroupValue(slog.Any("number", f.Number), slog.String("kind", f.Kind.String()), slog.String("country", string(f.Country)),
		slog.Bool("assigned", f.Assigned), slog.Any("block", f.Block))
}

// LogValue masks the numbers in structured logs.
func (f ServiceAssignmentFacts) LogValue() slog.Value {
	return slog.GroupValue(slog.Time("now", f.Now), slog.Any("service", f.Service), slog.Any("number", f.Number), slog.Bool("credits", f.Credits))
}

// LogValue masks the number in structured logs.
func (f ServiceFacts) LogValue() slog.Value {
	return slog.GroupValue(slog.String("id", string(f.ID)), slog.String("kind", f.Kind.String()),
		slog.String("usage_location", string(f.UsageLocation)), slog.Any("current", f.Current))
}

// LogValue masks the number in structured logs.
func (f ConversionFacts) LogValue() slog.Value {
	return slog.GroupValue(slog.Any("number", f.Number), slog.String("to", f.To.String()), slog.Bool("in_quota", f.Quota == nil))
}
