// Run by mongosh in members.sh.
const admin = db.getSiblingDB("admin");
admin.auth("dudao", process.env.MONGO_PASSWORD);
const members = (process.env.MONGO_MEMBERS || "mongo:27017").split(",").map((host, _id) => ({ _id, host }));
try {
    rs.status();
} catch (error) {
    if (error.codeName !== "NotYetInitialized") throw error;
    rs.initiate({ _id: "dudao", members });
}
while (!db.hello().isWritablePrimary) sleep(500);
print("the replica set has a primary");
